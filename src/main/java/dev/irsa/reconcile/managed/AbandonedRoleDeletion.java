package dev.irsa.reconcile.managed;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.AbandonedRole;
import dev.irsa.port.AbandonedRoles;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRelease;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.RecordedStateCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles the deletion of a resource whose account is abandoned: releases the ServiceAccounts, records that the role may still exist, and
 * then removes the finalizer. It has no port through which it could call AWS.
 */
public record AbandonedRoleDeletion(
        FinalizerGuard finalizers,
        ServiceAccountRelease serviceAccounts,
        EntitlementAuthorizer authorizer,
        ReconcileConcurrencyLimiter limiter) {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedRoleDeletion.class);

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
            record(run, identity, role, abandoned);
            finalizers.remove(run);
            return ReconcileResult.gone();
        });
    }

    /**
     * Records the role. A user can write the finalizer and any name into a resource, so they alone do not show that there is a role. A
     * status can be missing after a crash.
     */
    private void record(Run run, ClusterIdentity identity, RoleIdentity role, AbandonedRoles abandoned) {
        boolean allowed =
                run.previous().entitlement().isPresent() || authorizer.mayHaveHad(run.resource(), role, identity);
        if (run.hasRole() || allowed) {
            abandoned.add(new AbandonedRole(role.name(), run.hasRole()));
        } else {
            LOG.info(
                    "role {} of the deleted resource {}/{} is not recorded as abandoned: neither its status nor an entitlement"
                            + " for IamAccount {} shows that it existed; no action needed",
                    role.name(),
                    run.ref().namespace(),
                    run.ref().name(),
                    identity.account().name());
        }
    }

    private void requireDefinition(Run run, RoleIdentity role) {
        if (run.resource().getSpec().deletionPolicy() == null) {
            finalizers.requireDefinition(
                    run,
                    "role " + role.name()
                            + " would have no resource any more; to keep the annotation, first remove the ownerReferences of the"
                            + " ServiceAccount, then the finalizer " + IamServiceAccount.FINALIZER
                            + "; then apply crds/ and this resource again; to let the resource go, set spec.deletionPolicy");
        }
    }
}
