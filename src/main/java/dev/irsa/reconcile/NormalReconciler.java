package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.AppliedTemplate;
import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.observed.RoleState;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.association.DeliveryObserver;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.external.ExternalRoleReconciler;
import dev.irsa.reconcile.role.RoleObserver;
import dev.irsa.reconcile.role.RoleProgress;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.RolePrior;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.serviceaccount.ServiceAccountReport;
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
     * @throws dev.irsa.core.failure.FailureException if it fails before anything is known about the role
     */
    ReconcileResult reconcile(Run run, ClusterIdentity identity) {
        if (run.mayWrite() && run.needsFinalizer()) {
            // A user may have removed it. Whatever prevents the rest, nothing must be left behind.
            finalizers.ensurePresent(run);
        }
        Optional<Permitted> checked = preconditions.check(run, identity);
        if (checked.isEmpty()) {
            return ReconcileResult.deferred();
        }
        ReconcileResult result = switch (checked.get()) {
            case Permitted.Managed managed -> reconcile(run, managed);
            case Permitted.Frozen frozen -> frozenRoles.reconcile(run, frozen);
            case Permitted.External external -> externalRoles.reconcile(run, external.desired(), identity);
        };
        result.role()
                .ifPresent(role ->
                        authorizer.existingRoles().add(run.ref(), role.role().name()));
        return result;
    }

    private ReconcileResult reconcile(Run run, Permitted.Managed managed) {
        Desired.Valid wanted = RoleProgress.recall(managed.desired(), run);
        deliveries.refresh(run, wanted);
        DeliveryPlan known = deliveries.known(run, wanted);
        List<AppliedTemplate> templates = wanted.role().templates().applied();
        RolePrior prior = run.prior(wanted.role().templates());
        roles.refresh(known.desired().role(), prior, run);
        RoleProgress.recall(managed.grant(), run);
        ReconcileResult result = turn.deferral(run, known, prior)
                .orElseGet(
                        () -> convergence.converge(run, new Permitted.Managed(wanted, managed.grant()), known, prior));
        if (result.ending() instanceof Ending.Ready) {
            RoleProgress.reached(templates, managed.grant(), run);
            DeliveryObserver.reached(wanted, run);
        }
        Optional<RoleState> complete =
                result.role().filter(_ -> !run.role().known().provisional());
        return result.withWrittenDenies(run.role().policyMemory().writtenDenies(wanted.role(), complete))
                .withTemplates(templates)
                .withDelivery(ServiceAccountReport.delivery(run, wanted, result.changes(), cluster));
    }
}
