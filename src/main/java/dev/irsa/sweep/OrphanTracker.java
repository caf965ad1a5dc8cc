package dev.irsa.sweep;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.Cluster;
import dev.irsa.port.CrdState;
import dev.irsa.port.OperatorEvents;
import dev.irsa.port.SweepSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Roles that nobody owns any more: told of, and removed only where the operator was started to do so. */
final class OrphanTracker {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanTracker.class);
    private static final int NAMED = 10;

    private final Cluster cluster;
    private final OrphanFinder search;
    private final Optional<OrphanRemover> removal;
    private final OperatorEvents events;
    private int left;
    private final Map<String, String> told = new HashMap<>();

    OrphanTracker(SweepPorts ports, SweepSettings settings) {
        this.cluster = ports.cluster();
        this.search = new OrphanFinder(cluster, settings.watched());
        this.removal = settings.removeOrphans()
                ? Optional.of(new OrphanRemover(ports.cloud(), cluster, ports.changes()))
                : Optional.empty();
        this.events = ports.events();
    }

    /** There is no sweep, and so nothing to be said of orphans; a right that lacks is told all the same. */
    void checkDefinition() {
        try {
            warnOf(cluster.definition());
        } catch (FailureException e) {
            // The API server is away, which is told elsewhere.
            search.pause();
        }
    }

    private void warnOf(CrdState definition) {
        if (definition == CrdState.UNKNOWN) {
            tell(
                    "DefinitionUnreadable",
                    "the operator may not read the CustomResourceDefinition: if that is deleted, every role goes with its"
                            + " resource, and no orphan is removed; run: kubectl apply -f deploy/rbac.yaml, or with"
                            + " --watch-namespace deploy/rbac-namespaces.yaml");
        }
    }

    /** A sweep is complete; answers how many orphans are left. */
    int after(SweepSnapshot snapshot, ClusterIdentity identity) {
        CrdState definition;
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

    private int count(SweepSnapshot snapshot, CrdState definition, ClusterIdentity identity) {
        warnOf(definition);
        if (definition == CrdState.GOING || definition == CrdState.MISSING) {
            search.pause();
            if (!snapshot.roles().isEmpty()) {
                tell(
                        "DefinitionMissing",
                        "the CustomResourceDefinition of the resources is "
                                + (definition == CrdState.GOING ? "being deleted" : "missing") + "; the "
                                + snapshot.roles().size() + " roles of this cluster are left alone; apply crds/ and the"
                                + " resources again, and they are taken up where they were");
            }
            return 0;
        }
        List<OrphanedRole> orphans = search.in(snapshot, identity);
        if (orphans.isEmpty()) {
            told.keySet().removeIf(reason -> !reason.equals("DefinitionUnreadable"));
            return 0;
        }
        return orphans.size() - handle(orphans, snapshot.roles().size(), definition, identity);
    }

    /** Answers how many were removed. */
    private int handle(List<OrphanedRole> orphans, int roles, CrdState definition, ClusterIdentity identity) {
        String found = "roles that have no resource any more (" + orphans.size() + "): " + named(orphans);
        if (removal.isEmpty()) {
            tell(
                    "RolesOrphaned",
                    found + "; apply their resources again, remove the roles, or start the operator with"
                            + " --remove-orphans");
            return 0;
        }
        if (definition == CrdState.UNKNOWN) {
            tell(
                    "OrphanRemovalStopped",
                    found + "; none is removed, as the CustomResourceDefinition may have been lost");
            return 0;
        }
        Optional<String> obstacle = OrphanRemover.tooMany(orphans.size(), roles);
        if (obstacle.isPresent()) {
            tell("OrphanRemovalStopped", found + "; " + obstacle.get());
            return 0;
        }
        return remove(orphans, removal.get(), identity);
    }

    private int remove(List<OrphanedRole> orphans, OrphanRemover removal, ClusterIdentity identity) {
        List<OrphanedRole> removed = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (OrphanedRole orphan : orphans) {
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

    private static String named(List<OrphanedRole> orphans) {
        String names = orphans.stream().limit(NAMED).map(OrphanedRole::toString).collect(Collectors.joining(", "));
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
