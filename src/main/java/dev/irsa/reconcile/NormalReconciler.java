package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.AppliedTemplate;
import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.observed.RoleState;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.authorization.Grant;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.ReconcileResult.Ending;
import java.util.List;
import java.util.Optional;

/** Reconciles a resource that is not being deleted: brings its role and its ServiceAccount to the desired state. */
final class NormalReconciler {
    private final Preconditions preconditions;
    private final EntitlementAuthorizer authorizer;
    private final FinalizerGuard finalizers;
    private final RoleObserver roles;
    private final Turn turn;
    private final RoleConvergence convergence;
    private final ExternalRoleReconciler externalRoles;
    private final FrozenRoleReconciler frozenRoles;
    private final DeliveryObserver deliveries;
    private final Cluster cluster;

    NormalReconciler(
            Preconditions preconditions,
            EntitlementAuthorizer authorizer,
            FinalizerGuard finalizers,
            RoleObserver roles,
            Turn turn,
            DeliveryObserver deliveries,
            RoleConvergence convergence,
            ExternalRoleReconciler externalRoles,
            FrozenRoleReconciler frozenRoles,
            Cluster cluster) {
        this.preconditions = preconditions;
        this.authorizer = authorizer;
        this.finalizers = finalizers;
        this.roles = roles;
        this.turn = turn;
        this.convergence = convergence;
        this.externalRoles = externalRoles;
        this.frozenRoles = frozenRoles;
        this.deliveries = deliveries;
        this.cluster = cluster;
    }

    /**
     * Reconciles the resource.
     *
     * @param approved the pending changes of an adoption that users have approved
     * @throws dev.irsa.core.failure.FailureException if it fails before anything is known about the role
     */
    ReconcileResult reconcile(
            ReconcileRequest request, ClusterIdentity identity, List<String> approved, ResourceState state) {
        if (request.mayWrite() && request.needsFinalizer()) {
            // A user may have removed it. Whatever prevents the rest, nothing must be left behind.
            finalizers.ensurePresent(request, state);
        }
        Optional<Permitted> checked = preconditions.check(request, identity);
        if (checked.isEmpty()) {
            return ReconcileResult.deferred();
        }
        ReconcileResult result = switch (checked.get()) {
            case Permitted.Managed managed -> reconcile(request, managed, approved, state);
            case Permitted.Frozen frozen -> frozenRoles.reconcile(request, frozen, approved, state);
            case Permitted.External external -> externalRoles.reconcile(request, external.desired(), identity, state);
        };
        result.role()
                .ifPresent(role -> authorizer
                        .existingRoles()
                        .add(request.ref(), role.role().name()));
        return result;
    }

    private ReconcileResult reconcile(
            ReconcileRequest request, Permitted.Managed managed, List<String> approved, ResourceState state) {
        long generation = request.resource().getMetadata().getGeneration();
        state.rememberReached(request.previous(), generation);
        Desired.Valid wanted = state.policyMemory().applyTo(managed.desired(), request.previous(), generation);
        Grant grant = managed.grant();
        if (request.previous().hasReachedSpec()) {
            state.entitlements(state.entitlements().recalled(grant));
        }
        deliveries.refresh(request, wanted, state);
        DeliveryPlan known =
                deliveries.known(request, wanted, state.known().role().map(RoleState::trust), state);
        RolePrior prior = request.prior(wanted.role().templates());
        roles.refresh(known.desired().role(), prior, state);
        state.doubtOldReads();
        ReconcileResult result = turn.deferral(request, known, prior, state)
                .orElseGet(() -> convergence.converge(
                        request, new Permitted.Managed(wanted, grant), known, prior, approved, state));
        List<AppliedTemplate> templates = wanted.role().templates().applied();
        if (result.ending() instanceof Ending.Ready) {
            state.remember(before -> before.reached(generation, templates));
            state.delivery().update(before -> before.reached(wanted.delivery().kinds()));
            if (!state.known().provisional()) {
                state.entitlements(EntitlementMemory.reached(grant));
            }
        }
        Optional<RoleState> complete = result.role().filter(_ -> !state.known().provisional());
        return result.withWrittenDenies(state.policyMemory().writtenDenies(wanted.role(), complete))
                .withTemplates(templates)
                .withDelivery(ServiceAccountReport.delivery(request, wanted, result.changes(), cluster, state));
    }
}
