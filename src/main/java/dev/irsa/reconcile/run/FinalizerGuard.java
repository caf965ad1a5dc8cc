package dev.irsa.reconcile.run;

import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.memory.FinalizerState;
import java.time.InstantSource;

/** Adds the finalizer before anything is written to IAM, so that the resource cannot be deleted without its role. */
public final class FinalizerGuard {
    private final Cluster cluster;
    private final InstantSource clock;

    public FinalizerGuard(Cluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Adds the finalizer if the resource, as the watch showed it, has none. */
    public void ensurePresent(Run run) {
        if (!run.hasFinalizer()) {
            add(run);
        }
    }

    /**
     * Adds the finalizer unless it is certain that it protects this change. A cache may be stale, and the resource may be
     * deleted already: only the API server's answer is certain.
     */
    public void ensureProtects(Run run, Change change) {
        if (!run.memory().finalizer().protects(change instanceof RoleChange.CreateRole)) {
            add(run);
        }
    }

    /** Removes the finalizer; the API server may delete the resource right after. */
    public void remove(Run run) {
        cluster.removeFinalizer(run.ref());
        run.memory().finalizer(FinalizerState.REMOVED);
    }

    private void add(Run run) {
        cluster.addFinalizer(run.ref());
        run.memory().finalizerAdded(clock.instant());
    }
}
