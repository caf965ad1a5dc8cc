package dev.irsa.reconcile.run;

import dev.irsa.port.ClusterReads;
import dev.irsa.port.CrdState;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Checks whether the CustomResourceDefinition is being deleted, which deletes every resource. If it is intact after a resource was
 * seen to be deleted, the resource was deleted for another reason. One read therefore serves all deletions that were seen before
 * it. No other result is reused: after a denied read, for example, the next one may succeed.
 */
final class DefinitionCheck {
    private final ClusterReads cluster;
    private final InstantSource clock;
    /** When the last read began that showed an intact definition. */
    private volatile Instant intact = Instant.MIN;

    DefinitionCheck(ClusterReads cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /**
     * Returns whether the definition is being deleted.
     *
     * @param seen when this process saw the deletion of the resource
     */
    boolean isBeingDeleted(Instant seen) {
        if (intact.isAfter(seen)) {
            return false;
        }
        Instant asked = clock.instant();
        CrdState state = cluster.definition();
        if (state == CrdState.INTACT) {
            intact = asked;
        }
        return state == CrdState.DELETING;
    }
}
