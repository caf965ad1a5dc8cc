package dev.irsa.reconcile.managed;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.AbandonedRoles;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRelease;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.RecordedStateCheck;

/**
 * Reconciles the deletion of a resource whose account is abandoned: releases the ServiceAccounts, records that the role may still exist, and
 * then removes the finalizer. It has no port through which it could call AWS.
 */
public record AbandonedRoleDeletion(
        FinalizerGuard finalizers, ServiceAccountRelease serviceAccounts, ReconcileConcurrencyLimiter limiter) {
    /**
     * Reconciles the deletion.
     *
     * @throws FailureException if it fails before anything was changed
     */
    public ReconcileResult reconcile(Run run, ClusterIdentity identity, AbandonedRoles abandoned) {
        RoleIdentity role = Desired.identity(
                run.ref().namespace(), run.ref().name(), run.resource().getSpec(), identity);
        RecordedStateCheck.requireSameRole(run.previous(), role.arn());
        RecordedStateCheck.requireSameCluster(run.previous(), identity);
        if (!limiter.enter(run.ref(), ReconcileConcurrencyLimiter.Lane.DELETION)) {
            return ReconcileResult.deferred();
        }
        if (finalizers.isGone(run, () -> requireDefinition(run, role))) {
            return ReconcileResult.gone();
        }
        return serviceAccounts.release(run, role.arn()).followedBy(() -> {
            abandoned.add(role.name());
            finalizers.remove(run);
            return ReconcileResult.gone();
        });
    }

    private void requireDefinition(Run run, RoleIdentity role) {
        if (run.resource().getSpec().deletionPolicy() == null) {
            finalizers.requireDefinition("role " + role.name()
                    + " would have no resource any more; to keep the annotation, first remove the ownerReferences of the"
                    + " ServiceAccount, then the finalizer " + IamServiceAccount.FINALIZER
                    + "; then apply crds/ and this resource again; to let the resource go, set spec.deletionPolicy");
        }
    }
}
