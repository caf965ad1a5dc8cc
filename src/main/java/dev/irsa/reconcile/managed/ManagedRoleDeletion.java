package dev.irsa.reconcile.managed;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.reconcile.association.AssociationCleanup;
import dev.irsa.reconcile.association.DeliveryProgress;
import dev.irsa.reconcile.memory.DeliveryHistory;
import dev.irsa.reconcile.role.RoleCleanup;
import dev.irsa.reconcile.role.RoleInspector;
import dev.irsa.reconcile.role.RoleInspector.Inspection;
import dev.irsa.reconcile.role.RoleRetention;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRelease;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.RecordedStateCheck;
import java.util.Set;
import java.util.SortedMap;

/**
 * Reconciles a resource that is being deleted: inspects the role, withdraws it from the ServiceAccount, deletes its association,
 * deletes or retains the role, and only then removes the finalizer.
 */
public record ManagedRoleDeletion(
        FinalizerGuard finalizers,
        RoleInspector inspector,
        ServiceAccountRelease serviceAccounts,
        AssociationCleanup associations,
        RoleCleanup roles,
        RoleRetention retention,
        ReconcileConcurrencyLimiter limiter) {
    /**
     * Reconciles the deletion.
     *
     * @throws FailureException if it fails before anything was changed
     */
    public ReconcileResult reconcile(Run run, ClusterIdentity identity) {
        RoleIdentity role = roleOf(run, identity);
        RecordedStateCheck.requireSameRole(run.previous(), role.arn());
        RecordedStateCheck.requireSameCluster(run.previous(), identity);
        if (!limiter.enter(run.ref(), ReconcileConcurrencyLimiter.Lane.DELETION)) {
            return ReconcileResult.deferred();
        }
        if (finalizers.isGone(run, () -> requireDefinition(run, role))) {
            return ReconcileResult.gone();
        }
        // Whatever forbids the deletion is found here: from the next step on, the role is withdrawn.
        Inspection found = inspector.inspect(run, identity, role);
        DeliveryProgress.recall(run);
        return retention.prepare(run, identity, role, found).followedBy(() -> withdraw(run, identity, role, found));
    }

    private ReconcileResult withdraw(Run run, ClusterIdentity identity, RoleIdentity role, Inspection found) {
        Applied withdrawn = serviceAccounts.release(run, role.arn());
        for (var account : ways(run, identity).entrySet()) {
            withdrawn =
                    withdrawn.then(() -> associations.cleanUp(run, account.getKey(), account.getValue(), role.owner()));
        }
        return withdrawn.followedBy(() -> roles.cleanUp(run, identity, role, found));
    }

    /**
     * Returns the ServiceAccounts of the status and of the spec, and what may have been set up for each. A late write may have
     * replaced the status that named those of the spec.
     */
    private static SortedMap<String, Set<Delivery>> ways(Run run, ClusterIdentity identity) {
        IamServiceAccountSpec spec = run.resource().getSpec();
        Set<Delivery> ways = identity.delivery().effective(spec.delivery());
        DeliveryHistory all = run.delivery().history();
        for (String name : Desired.serviceAccountNames(run.ref().name(), spec)) {
            all = all.withWays(name, ways);
        }
        return all.ways();
    }

    private static RoleIdentity roleOf(Run run, ClusterIdentity identity) {
        return Desired.identity(
                run.ref().namespace(), run.ref().name(), run.resource().getSpec(), identity);
    }

    private void requireDefinition(Run run, RoleIdentity role) {
        if (run.resource().getSpec().deletionPolicy() == null) {
            finalizers.requireDefinition(
                    run,
                    "role " + role.name()
                            + " would be deleted with it; to keep the role, first remove"
                            + " the ownerReferences of the ServiceAccount, then the finalizer "
                            + IamServiceAccount.FINALIZER
                            + "; then apply crds/ and this resource again, which uses the same role; to delete the role, set"
                            + " spec.deletionPolicy to Delete");
        }
    }
}
