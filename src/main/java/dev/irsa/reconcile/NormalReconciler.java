package dev.irsa.reconcile;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.reconcile.authorization.ExistingRoles;
import dev.irsa.reconcile.authorization.Permitted;
import dev.irsa.reconcile.external.ExternalRoleReconciler;
import dev.irsa.reconcile.managed.FrozenRoleReconciler;
import dev.irsa.reconcile.managed.ManagedRoleReconciler;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.status.ReconcileResult;
import java.util.Optional;

/** Reconciles a resource that is not being deleted. */
record NormalReconciler(
        FinalizerGuard finalizers,
        Preconditions preconditions,
        ManagedRoleReconciler managedRoles,
        FrozenRoleReconciler frozenRoles,
        ExternalRoleReconciler externalRoles,
        ExistingRoles existing) {
    /**
     * Reconciles the resource.
     *
     * @throws dev.irsa.core.failure.FailureException if it fails before anything is known about the role
     */
    ReconcileResult reconcile(Run run, ClusterIdentity identity) {
        if (run.mayWrite()) {
            // Before the rest, because whatever prevents that, nothing must be left behind.
            finalizers.restore(run);
        }
        Optional<Permitted> checked = check(run, identity);
        if (checked.isEmpty()) {
            return ReconcileResult.deferred();
        }
        ReconcileResult result = switch (checked.get()) {
            case Permitted.Managed managed -> managedRoles.reconcile(run, managed);
            case Permitted.Frozen frozen -> frozenRoles.reconcile(run, frozen);
            case Permitted.External external -> externalRoles.reconcile(run, external.desired(), identity);
        };
        result.role()
                .state()
                .ifPresent(role -> existing.add(run.ref(), role.role().name()));
        return result.allowedBy(checked.get().allowedBy());
    }

    private Optional<Permitted> check(Run run, ClusterIdentity identity) {
        try {
            return preconditions.check(run, identity);
        } catch (FailureException e) {
            managedRoles.roles().awaitSweeps(run, identity);
            throw e;
        }
    }
}
