package dev.irsa.reconcile.managed;

import dev.irsa.api.v1beta1.AppliedTemplate;
import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.port.ClusterReads;
import dev.irsa.reconcile.association.DeliveryObserver;
import dev.irsa.reconcile.association.DeliveryProgress;
import dev.irsa.reconcile.authorization.Permitted;
import dev.irsa.reconcile.role.BoundaryRemark;
import dev.irsa.reconcile.role.RoleObserver;
import dev.irsa.reconcile.role.RoleProgress;
import dev.irsa.reconcile.run.RolePrior;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.serviceaccount.ServiceAccountReport;
import dev.irsa.reconcile.status.Ending;
import dev.irsa.reconcile.status.PolicyReport;
import dev.irsa.reconcile.status.ReconcileResult;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Reconciles a resource whose role the operator manages:
 *
 * <ol>
 *   <li>Recall what earlier reconciles reached, and accept what sweeps observed.
 *   <li>If AWS has to be called, wait for a turn ({@link Turn}).
 *   <li>Observe the role and its delivery, plan the changes, and apply them ({@link RoleConvergence}).
 *   <li>Remember what was reached, and report it.
 * </ol>
 */
public record ManagedRoleReconciler(
        RoleObserver roles,
        DeliveryObserver deliveries,
        Turn turn,
        RoleConvergence convergence,
        BoundaryRemark boundaries,
        ClusterReads cluster) {
    /**
     * Reconciles the resource.
     *
     * @throws dev.irsa.core.failure.FailureException if it fails before anything is known about the role
     */
    public ReconcileResult reconcile(Run run, Permitted.Managed managed) {
        Desired.Valid wanted = RoleProgress.recall(managed.desired(), run);
        deliveries.refresh(run, wanted);
        DeliveryPlan predicted = deliveries.predict(run, wanted);
        RolePrior prior = run.prior(wanted.role().templates());
        roles.refresh(predicted.desired().role(), prior, run);
        RoleProgress.recallEntitlements(managed.grant(), run);
        boolean callsIam = !roles.isUpToDate(predicted.desired().role(), run);
        Optional<ReconcileResult> deferral = callsIam || deliveries.callsEks(predicted, run)
                ? turn.take(run, predicted, prior, managed.grant())
                : Optional.empty();
        ReconcileResult result = deferral.orElseGet(
                () -> convergence.converge(run, new Permitted.Managed(wanted, managed.grant()), predicted, prior));
        if (result.ending() instanceof Ending.Ready) {
            RoleProgress.reached(wanted.role(), managed.grant(), run);
            DeliveryProgress.reached(wanted, run);
        }
        return report(run, wanted, result);
    }

    /** Adds what the role has and how it is delivered, whatever the result. */
    private ReconcileResult report(Run run, Desired.Valid wanted, ReconcileResult result) {
        List<AppliedTemplate> templates = wanted.role().templates().applied();
        Optional<RoleState> complete =
                result.role().state().filter(_ -> !run.role().known().provisional());
        return withBoundaryWarning(result, wanted.role())
                .withPolicies(new PolicyReport(
                        templates,
                        run.role().policyMemory().writtenDenies(wanted.role(), complete),
                        required(result, wanted.role(), complete)))
                .withDelivery(ServiceAccountReport.delivery(run, wanted, result.changes(), cluster));
    }

    /** A failure matters more, and is all that its message says. */
    private ReconcileResult withBoundaryWarning(ReconcileResult result, DesiredRole role) {
        return switch (result.ending()) {
            case Ending.Ready _, Ending.Pending _ ->
                result.withRole(result.role().withBoundaryWarning(boundaries.of(role)));
            default -> result;
        };
    }

    /** A role that is as it is to be has no policy that was required before, unless the spec names it too. */
    private static SortedSet<String> required(ReconcileResult result, DesiredRole role, Optional<RoleState> complete) {
        SortedSet<String> present =
                role.required().presentOn(complete.map(known -> known.policies().attached()));
        return result.ending() instanceof Ending.Ready && complete.isPresent()
                ? role.required().current()
                : present;
    }
}
