package dev.irsa.drift;

import dev.irsa.desired.ClusterIdentity;
import dev.irsa.failure.FailureException;
import dev.irsa.port.Cluster;
import dev.irsa.port.DefinitionState;
import dev.irsa.port.OperatorEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private int left;
    private final Map<String, String> told = new HashMap<>();

    Orphans(SweepPorts ports, SweepSettings settings) {
        this.cluster = ports.cluster();
        this.search = new OrphanSearch(cluster, settings.watched());
        this.removal = settings.removeOrphans()
                ? Optional.of(new OrphanRemoval(ports.cloud(), cluster, ports.changes()))
                : Optional.empty();
        this.events = ports.events();
    }

    /** There is no sweep, and so nothing to be said of orphans; a right that lacks is told all the same. */
    void lookAtDefinition() {
        try {
            warnOf(cluster.definition());
        } catch (FailureException e) {
            // The API server is away, which is told elsewhere.
            search.pause();
        }
    }

    private void warnOf(DefinitionState definition) {
        if (definition == DefinitionState.UNKNOWN) {
            tell(
                    "DefinitionUnreadable",
                    "the operator may not read the CustomResourceDefinition: if that is deleted, every role goes with its"
                            + " resource, and no orphan is removed; run: kubectl apply -f deploy/rbac.yaml, or with"
                            + " --watch-namespace deploy/rbac-namespaces.yaml");
        }
    }

    /** A sweep is complete; answers how many orphans are left. */
    int after(Snapshot snapshot, ClusterIdentity identity) {
        DefinitionState definition;
        try {
            definition = cluster.definition();
        } catch (FailureException e) {
            // The API server is away: nothing can be said, and what was suspected before no longer counts.
            search.pause();
            return left;
        }
        left = count(snapshot, definition, identity);
        return left;
    }

    private int count(Snapshot snapshot, DefinitionState definition, ClusterIdentity identity) {
        warnOf(definition);
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
            told.keySet().removeIf(reason -> !reason.equals("DefinitionUnreadable"));
            return 0;
        }
        return orphans.size() - handle(orphans, snapshot.roles().size(), definition, identity);
    }

    /** Answers how many were removed. */
    private int handle(List<Orphan> orphans, int roles, DefinitionState definition, ClusterIdentity identity) {
        String found = "roles that have no resource any more (" + orphans.size() + "): " + named(orphans);
        if (removal.isEmpty()) {
            tell(
                    "RolesOrphaned",
                    found + "; apply their resources again, remove the roles, or start the operator with"
                            + " --remove-orphans");
            return 0;
        }
        if (definition == DefinitionState.UNKNOWN) {
            tell(
                    "OrphanRemovalStopped",
                    found + "; none is removed, as the CustomResourceDefinition may have been lost");
            return 0;
        }
        Optional<String> obstacle = OrphanRemoval.tooMany(orphans.size(), roles);
        if (obstacle.isPresent()) {
            tell("OrphanRemovalStopped", found + "; " + obstacle.get());
            return 0;
        }
        return remove(orphans, removal.get(), identity);
    }

    private int remove(List<Orphan> orphans, OrphanRemoval removal, ClusterIdentity identity) {
        List<Orphan> removed = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (Orphan orphan : orphans) {
            removal.remove(orphan, identity)
                    .ifPresentOrElse(why -> kept.add(orphan + ": " + why), () -> removed.add(orphan));
        }
        if (!removed.isEmpty()) {
            tell("OrphansRemoved", "removed roles that had no resource any more: " + named(removed));
        }
        if (!kept.isEmpty()) {
            tell(
                    "OrphansKept",
                    "roles that have no resource any more were left alone: " + String.join("; ", kept)
                            + "; apply their resources again, or remove the roles yourself");
        }
        return removed.size();
    }

    private static String named(List<Orphan> orphans) {
        String names = orphans.stream().limit(NAMED).map(Orphan::toString).collect(Collectors.joining(", "));
        return orphans.size() > NAMED ? names + " and " + (orphans.size() - NAMED) + " more" : names;
    }

    /** Once, and again when it is no longer the same. */
    private void tell(String reason, String note) {
        if (!note.equals(told.put(reason, note))) {
            LOG.warn("{}: {}", reason, note);
            events.warn(reason, note);
        }
    }
}
