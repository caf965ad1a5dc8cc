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
import dev.irsa.reconcile.memory.ResourceState;
import dev.irsa.reconcile.role.RoleCleanup;
import dev.irsa.reconcile.role.RoleInspection;
import dev.irsa.reconcile.role.RoleInspector;
import dev.irsa.reconcile.role.RoleRetention;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.ReconcileRequest;
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
    ReconcileResult reconcile(ReconcileRequest request, ClusterIdentity identity, ResourceState state) {
        RoleIdentity role = roleOf(request, identity);
        Preconditions.requireSameRole(request.previous(), role.arn());
        Preconditions.requireSameCluster(request.previous(), identity);
        if (!limiter.enter(request.ref(), ReconcileConcurrencyLimiter.Lane.DELETION)) {
            return ReconcileResult.deferred();
        }
        if (state.finalizer() == FinalizerState.REMOVED) {
            // The watch has yet to show that the resource is deleted.
            return gone();
        }
        requireDefinition(request, role);
        if (!isPresent(request)) {
            // A late watch shows a resource that no longer exists. Another may have its name and its role.
            state.finalizer(FinalizerState.REMOVED);
            return gone();
        }
        // Whatever forbids the deletion is found here: from the next step on, the role is withdrawn.
        RoleInspection found = inspector.inspect(request, identity, role, state);
        DeliveryObserver.recallAdditional(request.previous(), state);
        Applied prepared = retention.prepare(request, identity, role, found, state);
        ReconcileResult result = prepared.failure()
                .map(ReconcileResult::failed)
                .orElseGet(() -> withdraw(request, identity, role, found, state));
        return result.after(prepared.changes());
    }

    private ReconcileResult withdraw(
            ReconcileRequest request,
            ClusterIdentity identity,
            RoleIdentity role,
            RoleInspection found,
            ResourceState state) {
        Applied withdrawn = serviceAccounts
                .release(
                        request,
                        role.arn(),
                        state.delivery().history().additional().keySet())
                .then(() -> associations.cleanUp(request, identity, state));
        for (var account : additional(request, identity, state).entrySet()) {
            withdrawn = withdrawn.then(() ->
                    associations.cleanUpAdditional(request, account.getKey(), account.getValue(), role.owner(), state));
        }
        ReconcileResult result = withdrawn.failure().isPresent()
                ? ReconcileResult.failed(withdrawn.failure().get())
                : roles.cleanUp(request, identity, role, found, state);
        return result.after(withdrawn.changes());
    }

    /**
     * Returns the additional ServiceAccounts of the status and of the spec. A late write may have replaced the status that named
     * those of the spec.
     */
    private static SortedMap<String, Set<Delivery>> additional(
            ReconcileRequest request, ClusterIdentity identity, ResourceState state) {
        IamServiceAccountSpec spec = request.resource().getSpec();
        Set<Delivery> ways = identity.delivery().effective(spec.delivery());
        DeliveryHistory all = state.delivery().history();
        for (String name : spec.serviceAccount().additional()) {
            all = all.withAdditional(name, ways);
        }
        return all.additional();
    }

    private static RoleIdentity roleOf(ReconcileRequest request, ClusterIdentity identity) {
        return Desired.identity(
                request.ref().namespace(),
                request.ref().name(),
                request.resource().getSpec(),
                identity);
    }

    /** Deleting the CRD deletes every resource. That is hardly ever meant to delete every role. */
    private void requireDefinition(ReconcileRequest request, RoleIdentity role) {
        if (request.resource().getSpec().deletionPolicy() == null && cluster.definition() == CrdState.DELETING) {
            throw new FailureException(
                    new Failure.DeletionBlocked("the CustomResourceDefinition is being deleted, and role "
                            + role.name() + " would be deleted with it; to keep the role, first remove the"
                            + " ownerReferences of the ServiceAccount, then the finalizer "
                            + IamServiceAccount.FINALIZER
                            + "; then apply crds/ and this resource again, which uses the same role; to delete"
                            + " the role, set spec.deletionPolicy to Delete"));
        }
    }

    private boolean isPresent(ReconcileRequest request) {
        return cluster.uidNow(request.ref().namespace(), request.ref().name())
                .equals(Optional.of(request.ref().uid()));
    }

    private static ReconcileResult gone() {
        return ReconcileResult.of(new Ending.Gone(""));
    }
}
