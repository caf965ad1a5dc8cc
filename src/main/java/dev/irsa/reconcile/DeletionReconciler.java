package dev.irsa.reconcile;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.reconcile.external.ExternalRoleDeletion;
import dev.irsa.reconcile.managed.AbandonedRoleDeletion;
import dev.irsa.reconcile.managed.ManagedRoleDeletion;
import dev.irsa.reconcile.role.RoleObserver;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.status.Ending;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.RecordedStateCheck;
import java.time.InstantSource;
import java.util.Optional;

/** Reconciles a resource that is being deleted. */
record DeletionReconciler(
        AccountGuard accounts,
        RoleObserver roles,
        ManagedRoleDeletion managedRoles,
        AbandonedRoleDeletion abandonedRoles,
        ExternalRoleDeletion externalRoles,
        InstantSource clock) {
    /**
     * Reconciles the deletion.
     *
     * @throws dev.irsa.core.failure.FailureException if it fails before anything was changed
     */
    ReconcileResult reconcile(Run run) {
        if (!run.hasFinalizer()) {
            return ReconcileResult.gone();
        }
        run.memory().sawDeletion(clock.instant());
        if (run.dryRun()) {
            return ReconcileResult.of(new Ending.Untouched());
        }
        if (run.isSuspended()) {
            awaitSweeps(run);
            return ReconcileResult.failed(run.suspendedDeletion());
        }
        Optional<String> external = run.externalRole();
        external.ifPresent(arn -> RecordedStateCheck.requireNoRole(run.previous(), arn));
        return external.isPresent() ? externalRoles.reconcile(run, external.get()) : deleteWithRole(run);
    }

    private ReconcileResult deleteWithRole(Run run) {
        ClusterIdentity identity = accounts.identityEvenIfAbandoned(run.resource());
        return accounts.abandoned()
                .map(abandoned -> abandonedRoles.reconcile(run, identity, abandoned))
                .orElseGet(() -> managedRoles.reconcile(run, identity));
    }

    private void awaitSweeps(Run run) {
        try {
            roles.awaitSweeps(run, accounts.identityFor(run.resource()));
        } catch (FailureException e) {
            // Nothing is swept before the identity is known. That the deletion is blocked matters more to the user.
        }
    }
}
