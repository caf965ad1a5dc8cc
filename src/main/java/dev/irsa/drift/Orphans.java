package dev.irsa.drift;

import dev.irsa.desired.ClusterIdentity;
import dev.irsa.failure.FailureException;
import dev.irsa.port.Cluster;
import dev.irsa.port.DefinitionState;
import dev.irsa.port.OperatorEvents;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Roles that nobody owns any more: told of, and removed only where the operator was started to do so. */
final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    private static final int NAMED = 10;

    private final Cluster cluster;
    private final OrphanSearch search;
    private final Optional<OrphanRemoval> removal;
    private final OperatorEvents events;
    private String told = "";

    Orphans(SweepPorts ports, SweepSettings settings) {
        this.cluster = ports.cluster();
        this.search = new OrphanSearch(cluster, settings.watched());
        this.removal =
                settings.removeOrphans() ? Optional.of(new OrphanRemoval(ports.cloud(), cluster)) : Optional.empty();
        this.events = ports.events();
    }

    /** A sweep is complete; answers how many orphans are left. */
    int after(Snapshot snapshot, ClusterIdentity identity) {
        DefinitionState definition = definition();
        if (definition == DefinitionState.GOING || definition == DefinitionState.MISSING) {
            search.pause();
            if (!snapshot.roles().isEmpty()) {
                tell(
                        "DefinitionMissing",
                        "the CustomResourceDefinition of the resources is "
                                + (definition == DefinitionState.GOING ? "being deleted" : "missing") + "; the "
                                + snapshot.roles().size() + " roles of this cluster are left alone; apply crds/ and the"
                                + " resources again, and they are taken up where they were");
            }
            return 0;
        }
        List<Orphan> orphans = search.in(snapshot, identity);
        if (orphans.isEmpty()) {
            told = "";
            return 0;
        }
        return orphans.size() - handle(orphans, snapshot.roles().size(), definition, identity);
    }

    private DefinitionState definition() {
        try {
            return cluster.definition();
        } catch (FailureException e) {
            return DefinitionState.UNKNOWN;
        }
    }

    /** Answers how many were removed. */
    private int handle(List<Orphan> orphans, int roles, DefinitionState definition, ClusterIdentity identity) {
        String found = orphans.size() + " roles have no resource any more: " + named(orphans);
        if (removal.isEmpty()) {
            tell(
                    "RolesOrphaned",
                    found + "; apply their resources again, remove the roles, or start the operator with"
                            + " --remove-orphans");
            return 0;
        }
        Optional<String> obstacle = definition == DefinitionState.UNKNOWN
                ? Optional.of("none is removed, as the operator may not read the CustomResourceDefinition and so cannot"
                        + " know whether it was lost; run: kubectl apply -f deploy/rbac.yaml")
                : OrphanRemoval.tooMany(orphans.size(), roles);
        if (obstacle.isPresent()) {
            tell("OrphanRemovalStopped", found + "; " + obstacle.get());
            return 0;
        }
        List<Orphan> removed = removal.get().remove(orphans, identity);
        if (!removed.isEmpty()) {
            tell("OrphansRemoved", "removed roles that had no resource any more: " + named(removed));
        }
        return removed.size();
    }

    private static String named(List<Orphan> orphans) {
        String names = orphans.stream().limit(NAMED).map(Orphan::toString).collect(Collectors.joining(", "));
        return orphans.size() > NAMED ? names + " and " + (orphans.size() - NAMED) + " more" : names;
    }

    /** Once, and again when it is no longer the same. */
    private void tell(String reason, String note) {
        if (!note.equals(told)) {
            told = note;
            LOG.warn("{}: {}", reason, note);
            events.warn(reason, note);
        }
    }
}
