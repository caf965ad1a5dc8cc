package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.AssociationChange;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.association.AssociationWriter;
import dev.irsa.reconcile.role.RoleWriter;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies the changes of a plan in order, until one fails. */
final class PlanExecutor {
    private static final Duration UNTIL_RECORDED = Duration.ofSeconds(1);

    private final FinalizerGuard finalizers;
    private final RoleWriter roles;
    private final AssociationWriter associations;
    private final Cluster cluster;

    PlanExecutor(FinalizerGuard finalizers, RoleWriter roles, AssociationWriter associations, Cluster cluster) {
        this.finalizers = finalizers;
        this.roles = roles;
        this.associations = associations;
        this.cluster = cluster;
    }

    /**
     * Applies the plan. If a quota refuses a change, the rest is applied once in an order that frees quota first.
     *
     * @param owned the role, if it is the resource's already
     * @param addFinalizer whether the resource gets the finalizer first
     */
    Applied apply(Run run, Plan plan, DesiredRole desired, Optional<RoleState> owned, boolean addFinalizer) {
        List<Change> done = new ArrayList<>();
        List<Change> rest = new ArrayList<>(plan.changes());
        Optional<RoleState> role = owned;
        boolean reordered = false;
        Optional<Failure> failure =
                addFinalizer ? Applied.attempt(() -> finalizers.ensurePresent(run)) : Optional.empty();
        while (failure.isEmpty() && !rest.isEmpty()) {
            failure = apply(run, rest.getFirst(), desired);
            if (failure.isEmpty()) {
                Change change = rest.removeFirst();
                done.add(change);
                role = change instanceof RoleChange ? run.role().known().role() : role;
            } else if (!reordered) {
                Optional<List<Change>> freeing = Plan.freeingQuota(rest, failure.get());
                failure = freeing.isPresent() ? Optional.empty() : failure;
                rest = freeing.<List<Change>>map(ArrayList::new).orElse(rest);
                reordered = freeing.isPresent();
            }
        }
        return new Applied(done, role, failure);
    }

    private Optional<Failure> apply(Run run, Change change, DesiredRole desired) {
        Optional<Failure> failure = Applied.attempt(() -> {
            requireRecorded(run, change);
            finalizers.ensureProtects(run, change);
            switch (change) {
                case RoleChange role -> roles.apply(role, desired, run);
                case AssociationChange association ->
                    associations.apply(association, desired.identity().owner(), run);
                case ServiceAccountChange serviceAccount -> cluster.apply(run.ref(), serviceAccount);
            }
        });
        if (failure.map(PlanExecutor::mayHaveTakenEffect).orElse(true)) {
            associations.recordDelivery(change, run);
        }
        return failure;
    }

    /**
     * Requires that the status names an additional ServiceAccount before anything is changed for it. It can be removed from the spec
     * while no process works, and the next process must still find it.
     *
     * @throws FailureException if it does not; the status of this reconcile does
     */
    private static void requireRecorded(Run run, Change change) {
        Optional<String> serviceAccount = switch (change) {
            // What is deleted need not be found again.
            case RoleChange _, DeletePodIdentityAssociation _ -> Optional.empty();
            case AssociationChange association -> Optional.of(association.serviceAccount());
            case ServiceAccountChange account -> Optional.of(account.name());
        };
        serviceAccount
                .filter(run.resource().getSpec().serviceAccount().additional()::contains)
                .filter(name -> run.previous().additional().stream()
                        .noneMatch(recorded -> recorded.name().equals(name)
                                && (change instanceof ServiceAccountChange
                                        || recorded.delivery().contains(Delivery.PodIdentity))))
                .ifPresent(name -> {
                    throw new FailureException(new Failure.Waiting(
                            Reason.Reconciling,
                            "recording ServiceAccount " + name
                                    + " in the status before it is changed; no action needed",
                            UNTIL_RECORDED));
                });
    }

    /** Returns whether the response may have been lost, rather than the change refused. */
    private static boolean mayHaveTakenEffect(Failure failure) {
        return switch (failure.reason()) {
            case AwsUnavailable, KubernetesUnavailable, InternalError -> true;
            default -> false;
        };
    }
}
