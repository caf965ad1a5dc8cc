package dev.irsa.reconcile.run;

import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.memory.FinalizerState;
import dev.irsa.reconcile.memory.ResourceState;
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
    public void ensurePresent(ReconcileRequest request, ResourceState state) {
        if (!request.hasFinalizer()) {
            add(request, state);
        }
    }

    /**
     * Adds the finalizer unless it is certain that it protects this change. A cache may be stale, and the resource may be
     * deleted already: only the API server's answer is certain.
     */
    public void ensureProtects(ReconcileRequest request, Change change, ResourceState state) {
        if (!state.finalizer().protects(change instanceof RoleChange.CreateRole)) {
            add(request, state);
        }
    }

    /** Removes the finalizer; the API server may delete the resource right after. */
    public void remove(ReconcileRequest request, ResourceState state) {
        cluster.removeFinalizer(request.ref());
        state.finalizer(FinalizerState.REMOVED);
    }

    private void add(ReconcileRequest request, ResourceState state) {
        cluster.addFinalizer(request.ref());
        state.finalizer(FinalizerState.ADDED);
        state.record(before -> before.finalizerAdded(clock.instant()));
    }
}
