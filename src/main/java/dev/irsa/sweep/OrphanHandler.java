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

/** Decides after each sweep what happens to orphaned roles: they are reported, or deleted if the operator runs with --remove-orphans. */
final class OrphanHandler {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanHandler.class);
    private static final int MAX_NAMED = 10;

    private final Cluster cluster;
    private final OrphanFinder finder;
    private final Optional<OrphanRemover> remover;
    private final OperatorEvents events;
    private int remaining;
    private final Map<String, String> reported = new HashMap<>();

    OrphanHandler(SweepPorts ports, SweepSettings settings) {
        this.cluster = ports.cluster();
        this.finder = new OrphanFinder(cluster, settings.watched());
        this.remover = settings.removeOrphans()
                ? Optional.of(new OrphanRemover(ports.account().roles(), cluster, ports.activity()))
                : Optional.empty();
        this.events = ports.events();
    }

    /** Reports a missing permission to read the CustomResourceDefinition after a sweep that failed. */
    void checkDefinition() {
        try {
            warnIfUnreadable(cluster.definition());
        } catch (FailureException e) {
            // The API server is unavailable, which is reported elsewhere.
            finder.reset(0);
        }
    }

    private void warnIfUnreadable(CrdState definition) {
        if (definition == CrdState.UNKNOWN) {
            report(
                    "DefinitionUnreadable",
                    "the operator may not read the CustomResourceDefinition; if the definition is deleted,"
                            + " every role is deleted with its resource, and orphaned roles are never removed; run:"
                            + " kubectl apply -f deploy/rbac.yaml, or with --watch-namespace"
                            + " deploy/rbac-namespaces.yaml");
        }
    }

    /** Handles a complete sweep; returns how many orphaned roles remain. */
    int after(SweepSnapshot snapshot, ClusterIdentity identity) {
        CrdState definition;
        try {
            definition = cluster.definition();
        } catch (FailureException e) {
            // The API server is unavailable, so this sweep confirms no suspects.
            finder.reset(snapshot.roles().size());
            return remaining;
        }
        remaining = count(snapshot, definition, identity);
        return remaining;
    }

    /** Returns how many roles the next sweep may find to be orphaned. */
    int unconfirmed() {
        return finder.unconfirmed();
    }

    private int count(SweepSnapshot snapshot, CrdState definition, ClusterIdentity identity) {
        warnIfUnreadable(definition);
        if (definition == CrdState.DELETING || definition == CrdState.MISSING) {
            finder.reset(snapshot.roles().size());
            if (!snapshot.roles().isEmpty()) {
                report(
                        "DefinitionMissing",
                        "the CustomResourceDefinition of the resources is "
                                + (definition == CrdState.DELETING ? "being deleted" : "missing")
                                + "; the roles of this cluster ("
                                + snapshot.roles().size() + ") are kept; apply crds/ and the"
                                + " resources again to continue with these roles");
            }
            return 0;
        }
        List<OrphanedRole> orphans = finder.confirm(snapshot, identity);
        if (orphans.isEmpty()) {
            reported.keySet().removeIf(reason -> !reason.equals("DefinitionUnreadable"));
            return 0;
        }
        return orphans.size() - handle(orphans, snapshot.roles().size(), definition, identity);
    }

    /** Deletes or reports the orphaned roles; returns how many were deleted. */
    private int handle(List<OrphanedRole> orphans, int roles, CrdState definition, ClusterIdentity identity) {
        String found = "roles without a resource (" + orphans.size() + "): " + named(orphans);
        if (remover.isEmpty()) {
            report(
                    "RolesOrphaned",
                    found + "; apply their resources again, or, if nothing uses the roles, delete them or start the"
                            + " operator with --remove-orphans");
            return 0;
        }
        if (definition == CrdState.UNKNOWN) {
            report(
                    "OrphanRemovalStopped",
                    found + "; the operator deletes none of them because the CustomResourceDefinition may have been"
                            + " lost");
            return 0;
        }
        Optional<String> obstacle = OrphanRemover.tooMany(orphans.size(), roles);
        if (obstacle.isPresent()) {
            report("OrphanRemovalStopped", found + "; " + obstacle.get());
            return 0;
        }
        return remove(orphans, remover.get(), identity);
    }

    private int remove(List<OrphanedRole> orphans, OrphanRemover remover, ClusterIdentity identity) {
        List<OrphanedRole> removed = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (OrphanedRole orphan : orphans) {
            remover.remove(orphan, identity)
                    .ifPresentOrElse(why -> kept.add(orphan + ": " + why), () -> removed.add(orphan));
        }
        if (!removed.isEmpty()) {
            report("OrphansRemoved", "deleted roles without a resource: " + named(removed));
        }
        if (!kept.isEmpty()) {
            report(
                    "OrphansKept",
                    "kept roles without a resource: " + String.join("; ", kept)
                            + "; apply their resources again, or delete the roles yourself if nothing uses them");
        }
        return removed.size();
    }

    private static String named(List<OrphanedRole> orphans) {
        String names =
                orphans.stream().limit(MAX_NAMED).map(OrphanedRole::toString).collect(Collectors.joining(", "));
        return orphans.size() > MAX_NAMED ? names + " and " + (orphans.size() - MAX_NAMED) + " more" : names;
    }

    /** Reports a note once, and again when it has changed. */
    private void report(String reason, String note) {
        if (!note.equals(reported.put(reason, note))) {
            LOG.warn("{}: {}", reason, note);
            events.warn(reason, note);
        }
    }
}
