package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.Cluster;
import dev.irsa.port.CrdState;
import dev.irsa.reconcile.association.AssociationCleanup;
import dev.irsa.reconcile.association.DeliveryObserver;
import dev.irsa.reconcile.memory.DeliveryHistory;
import dev.irsa.reconcile.memory.FinalizerState;
import dev.irsa.reconcile.role.RoleCleanup;
import dev.irsa.reconcile.role.RoleInspection;
import dev.irsa.reconcile.role.RoleInspector;
import dev.irsa.reconcile.role.RoleRetention;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRelease;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.ReconcileResult.Ending;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Reconciles a resource that is being deleted: inspects the role, withdraws it from the ServiceAccount, deletes its association,
 * deletes or retains the role, and only then removes the finalizer.
 */
final class DeletionReconciler {
    private final Cluster cluster;
    private final RoleInspector inspector;
    private final ServiceAccountRelease serviceAccounts;
    private final AssociationCleanup associations;
    private final RoleCleanup roles;
    private final RoleRetention retention;
    private final ReconcileConcurrencyLimiter limiter;

    DeletionReconciler(
            Cluster cluster,
            RoleInspector inspector,
            ServiceAccountRelease serviceAccounts,
            AssociationCleanup associations,
            RoleCleanup roles,
            RoleRetention retention,
            ReconcileConcurrencyLimiter limiter) {
        this.cluster = cluster;
        this.inspector = inspector;
        this.serviceAccounts = serviceAccounts;
        this.associations = associations;
        this.roles = roles;
        this.retention = retention;
        this.limiter = limiter;
    }

    /**
     * Reconciles the deletion.
     *
     * @throws FailureException if it fails before anything was changed
     */
    ReconcileResult reconcile(Run run, ClusterIdentity identity) {
        RoleIdentity role = roleOf(run, identity);
        Preconditions.requireSameRole(run.previous(), role.arn());
        Preconditions.requireSameCluster(run.previous(), identity);
        if (!limiter.enter(run.ref(), ReconcileConcurrencyLimiter.Lane.DELETION)) {
            return ReconcileResult.deferred();
        }
        if (run.memory().finalizer() == FinalizerState.REMOVED) {
            // The watch has yet to show that the resource is deleted.
            return gone();
        }
        requireDefinition(run, role);
        if (!isPresent(run)) {
            // A late watch shows a resource that no longer exists. Another may have its name and its role.
            run.memory().finalizer(FinalizerState.REMOVED);
            return gone();
        }
        // Whatever forbids the deletion is found here: from the next step on, the role is withdrawn.
        RoleInspection found = inspector.inspect(run, identity, role);
        DeliveryObserver.recallAdditional(run.previous(), run);
        Applied prepared = retention.prepare(run, identity, role, found);
        ReconcileResult result =
                prepared.failure().map(ReconcileResult::failed).orElseGet(() -> withdraw(run, identity, role, found));
        return result.after(prepared.changes());
    }

    private ReconcileResult withdraw(Run run, ClusterIdentity identity, RoleIdentity role, RoleInspection found) {
        Applied withdrawn = serviceAccounts
                .release(run, role.arn(), run.delivery().history().additional().keySet())
                .then(() -> associations.cleanUp(run, identity));
        for (var account : additional(run, identity).entrySet()) {
            withdrawn = withdrawn.then(
                    () -> associations.cleanUpAdditional(run, account.getKey(), account.getValue(), role.owner()));
        }
        ReconcileResult result = withdrawn.failure().isPresent()
                ? ReconcileResult.failed(withdrawn.failure().get())
                : roles.cleanUp(run, identity, role, found);
        return result.after(withdrawn.changes());
    }

    /**
     * Returns the additional ServiceAccounts of the status and of the spec. A late write may have replaced the status that named
     * those of the spec.
     */
    private static SortedMap<String, Set<Delivery>> additional(Run run, ClusterIdentity identity) {
        IamServiceAccountSpec spec = run.resource().getSpec();
        Set<Delivery> ways = identity.delivery().effective(spec.delivery());
        DeliveryHistory all = run.delivery().history();
        for (String name : spec.serviceAccount().additional()) {
            all = all.withAdditional(name, ways);
        }
        return all.additional();
    }

    private static RoleIdentity roleOf(Run run, ClusterIdentity identity) {
        return Desired.identity(
                run.ref().namespace(), run.ref().name(), run.resource().getSpec(), identity);
    }

    /** Deleting the CRD deletes every resource. That is hardly ever meant to delete every role. */
    private void requireDefinition(Run run, RoleIdentity role) {
        if (run.resource().getSpec().deletionPolicy() == null && cluster.definition() == CrdState.DELETING) {
            throw new FailureException(
                    new Failure.DeletionBlocked("the CustomResourceDefinition is being deleted, and role "
                            + role.name() + " would be deleted with it; to keep the role, first remove the"
                            + " ownerReferences of the ServiceAccount, then the finalizer "
                            + IamServiceAccount.FINALIZER
                            + "; then apply crds/ and this resource again, which uses the same role; to delete"
                            + " the role, set spec.deletionPolicy to Delete"));
        }
    }

    private boolean isPresent(Run run) {
        return cluster.uidNow(run.ref().namespace(), run.ref().name())
                .equals(Optional.of(run.ref().uid()));
    }

    private static ReconcileResult gone() {
        return ReconcileResult.of(new Ending.Gone(""));
    }
}
