package dev.irsa.reconcile.run;

import dev.irsa.port.ClusterReads;
import dev.irsa.port.CrdState;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Checks whether the CustomResourceDefinition is being deleted, which deletes every resource. That it was intact after a resource
 * was seen to be deleted proves that the resource was deleted for another reason. One answer therefore serves all deletions that
 * were seen before the question.
 */
final class DefinitionCheck {
    private final ClusterReads cluster;
    private final InstantSource clock;
    private volatile Answer last = new Answer(CrdState.UNKNOWN, Instant.MIN);

    private record Answer(CrdState state, Instant asked) {}

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
        Answer answer = last;
        if (!answer.asked().isAfter(seen)) {
            Instant asked = clock.instant();
            answer = new Answer(cluster.definition(), asked);
            last = answer;
        }
        return answer.state() == CrdState.DELETING;
    }
}
