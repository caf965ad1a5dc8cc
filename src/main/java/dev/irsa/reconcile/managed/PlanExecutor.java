package dev.irsa.reconcile.managed;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.AssociationChange;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.NarrowingChanges;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.association.AssociationWriter;
import dev.irsa.reconcile.association.DeliveryProgress;
import dev.irsa.reconcile.role.RoleWriter;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies the changes of a plan in order, until one fails. */
public final class PlanExecutor {
    private static final Duration UNTIL_RECORDED = Duration.ofSeconds(1);

    private final FinalizerGuard finalizers;
    private final RoleWriter roles;
    private final AssociationWriter associations;
    private final Cluster cluster;
    private final InstantSource clock;

    public PlanExecutor(
            FinalizerGuard finalizers,
            RoleWriter roles,
            AssociationWriter associations,
            Cluster cluster,
            InstantSource clock) {
        this.finalizers = finalizers;
        this.roles = roles;
        this.associations = associations;
        this.cluster = cluster;
        this.clock = clock;
    }

    /**
     * The result of a plan.
     *
     * @param role the role after it, if it is the resource's and its state is known
     */
    record Execution(Applied applied, Optional<RoleState> role) {
        /** Returns whether IAM refused to create the role because one of that name exists. */
        boolean isNameTaken() {
            return applied.failure()
                    .filter(AwsFailure.AlreadyExists.class::isInstance)
                    .isPresent();
        }
    }

    /**
     * Applies the plan. If a quota refuses a change, the rest is applied once in an order that frees quota first.
     *
     * @param owned the role, if it is the resource's already
     * @param addFinalizer whether the resource gets the finalizer first
     */
    Execution apply(Run run, Plan plan, DesiredRole desired, Optional<RoleState> owned, boolean addFinalizer) {
        Applied added = addFinalizer ? Applied.prepare(() -> finalizers.ensurePresent(run)) : Applied.NONE;
        if (added.failure().isPresent()) {
            return new Execution(added, owned);
        }
        List<Change> changes = plan.changes();
        Execution first = applyInOrder(run, changes, desired, owned);
        List<Change> rest = changes.subList(first.applied().changes().size(), changes.size());
        Optional<List<Change>> freeing =
                first.applied().failure().flatMap(failure -> Plan.freeingQuota(rest, failure, desired.required()));
        if (freeing.isEmpty()) {
            return narrowed(run, rest, desired, first);
        }
        Execution second = applyInOrder(run, freeing.get(), desired, first.role());
        Applied both = new Applied(first.applied().changes(), Optional.empty()).then(second::applied);
        return new Execution(both, second.role());
    }

    /** If the role cannot get what an entitlement requires, access is still taken away that it must not have. */
    private Execution narrowed(Run run, List<Change> rest, DesiredRole desired, Execution failed) {
        boolean missesRequired = !rest.isEmpty()
                && rest.getFirst() instanceof RoleChange.AttachRolePolicy attach
                && desired.required().current().contains(attach.policyArn());
        Optional<RoleState> role = failed.role().filter(_ -> missesRequired);
        if (role.isEmpty()) {
            return failed;
        }
        Execution narrowing = applyInOrder(run, NarrowingChanges.of(rest, desired, role.get()), desired, role);
        List<Change> made = new ArrayList<>(failed.applied().changes());
        made.addAll(narrowing.applied().changes());
        return new Execution(new Applied(made, failed.applied().failure()), narrowing.role());
    }

    private Execution applyInOrder(Run run, List<Change> changes, DesiredRole desired, Optional<RoleState> owned) {
        Applied applied = Applied.NONE;
        Optional<RoleState> role = owned;
        for (Change change : changes) {
            applied = applied.then(() -> apply(run, change, desired));
            if (applied.failure().isPresent()) {
                break;
            }
            role = change instanceof RoleChange ? run.role().known().role() : role;
        }
        return new Execution(applied, role);
    }

    private Applied apply(Run run, Change change, DesiredRole desired) {
        Applied applied = Applied.attempt(() -> {
            requireRecorded(run, change);
            finalizers.ensureProtects(run, change);
            switch (change) {
                case RoleChange role -> roles.apply(role, desired, run);
                case AssociationChange association ->
                    associations.apply(association, desired.identity().owner(), run);
                case ServiceAccountChange serviceAccount -> cluster.apply(run.ref(), serviceAccount);
            }
            return Applied.of(change);
        });
        if (applied.failure().map(PlanExecutor::mayHaveTakenEffect).orElse(true)) {
            DeliveryProgress.changed(change, clock.instant(), run);
        }
        return applied;
    }

    /**
     * Requires that the status names a ServiceAccount before anything is changed for it. It can be removed from the spec while no
     * process works, and the next process must still find it. One with the name of the resource is always found.
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
                .filter(name -> !name.equals(run.ref().name()))
                .filter(Desired.serviceAccountNames(
                        run.ref().name(), run.resource().getSpec())::contains)
                .filter(name -> run.previous().serviceAccounts().stream()
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
