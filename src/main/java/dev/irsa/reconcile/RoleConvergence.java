package dev.irsa.reconcile;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.RoleOwnershipCheck;
import dev.irsa.core.plan.RolePlanner;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.ResourceObserver.Observation;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.authorization.Grant;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.ReconcileResult.Ending;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings a role and its delivery to the desired state: observes both, plans, checks whether the plan may begin, and applies it. */
final class RoleConvergence {
    private final EntitlementAuthorizer authorizer;
    private final ResourceObserver observer;
    private final PlanExecutor executor;
    private final ServiceAccountRemoval removal;
    private final Cluster cluster;
    private final InstantSource clock;

    RoleConvergence(
            EntitlementAuthorizer authorizer,
            ResourceObserver observer,
            PlanExecutor executor,
            ServiceAccountRemoval removal,
            Cluster cluster,
            InstantSource clock) {
        this.authorizer = authorizer;
        this.observer = observer;
        this.executor = executor;
        this.removal = removal;
        this.cluster = cluster;
        this.clock = clock;
    }

    /**
     * Converges. A resource whose role was replaced by another still releases the ServiceAccounts that were removed from its spec:
     * another resource may wait for them.
     */
    ReconcileResult converge(
            ReconcileRequest request,
            Permitted.Managed managed,
            DeliveryPlan known,
            RolePrior prior,
            List<String> approved,
            ResourceState state) {
        Desired.Valid wanted = managed.desired();
        try {
            return attempt(request, managed, known, prior, approved, state);
        } catch (FailureException e) {
            boolean releases = e.failure().reason() == Reason.RoleConflict
                    && request.mayWrite()
                    && !ServiceAccountRemoval.removed(wanted, state).isEmpty();
            if (!releases) {
                throw e;
            }
            return ReconcileResult.failed(e.failure())
                    .after(removal.apply(request, wanted, state).changes())
                    .withPendingChanges(approved);
        }
    }

    private ReconcileResult attempt(
            ReconcileRequest request,
            Permitted.Managed managed,
            DeliveryPlan known,
            RolePrior prior,
            List<String> approved,
            ResourceState state) {
        boolean drifted = state.known().drifted();
        Grant grant = managed.grant();
        Optional<Observation> observation = observer.observe(request, managed.desired(), known, prior, state);
        if (observation.isEmpty()) {
            return ReconcileResult.deferred();
        }
        RoleObservation observed = observation.get().role();
        DeliveryPlan delivery = observation.get().delivery();
        Desired.Valid desired = delivery.desired();
        Plan plan = RolePlanner.plan(
                        desired.role(), observed, state.entitlements().covers(grant))
                .then(delivery.steps());
        Optional<RoleState> owned = owned(desired.role(), observed.trusted());
        boolean propagating = isPropagating(request, state);
        List<String> remarks = SessionTagRemarks.after(PolicyRemarks.of(desired.role(), observed), desired);
        ReconcileResult result = ReconcileResult.observed(owned, drifted, remarks)
                .withOffer(!propagating && isOffered(desired.role(), observed.trusted()));
        if (!request.mayWrite()) {
            return pending(request, desired, plan, result, state);
        }
        AdoptionApproval approval = AdoptionApproval.of(plan, approved, owned.isPresent(), propagating);
        if (approval.refusal().isPresent()) {
            return result.withPendingChanges(approval.pendingChanges())
                    .failing(approval.refusal().get());
        }
        if (getsRole(plan) && authorizer.refuteRole(request.resource())) {
            return result.failing(new Failure.Passing(
                    Reason.Reconciling,
                    "role " + desired.role().name() + ", which status.role names, does not belong to this resource;"
                            + " checking whether the quota of the namespace has room for it; no action needed"));
        }
        Applied removed = removal.apply(request, desired, state);
        Optional<Ending.Failed> staleness = staleness(desired.role(), plan, grant, state);
        if (staleness.isPresent()) {
            return result.after(removed.changes())
                    .withPendingChanges(approval.pendingChanges())
                    .withEnding(staleness.get());
        }
        if (changesRole(plan)) {
            state.entitlements(state.entitlements().begun(grant));
        }
        boolean first = getsFirstRole(request, plan, prior, owned.isPresent());
        Applied applied = executor.apply(request, plan, desired.role(), owned, first, state);
        if (applied.changes().stream().anyMatch(RoleChange.CreateRole.class::isInstance)) {
            state.entitlements(EntitlementMemory.reached(grant));
        }
        if (applied.isNameTaken()) {
            // It was assumed to be new and is not: perhaps an earlier process created it.
            state.record(before -> before.nameTaken(clock.instant()));
            RolePrior next = observed.assumed() ? RolePrior.EXISTS : RolePrior.EXISTS_UNSEEN;
            return attempt(request, managed, known, next, approved, state).after(removed.changes());
        }
        ReconcileResult changed =
                result.after(applied.changes()).after(removed.changes()).withRole(applied.role());
        Optional<Failure> failure = applied.failure().or(removed::failure);
        Optional<Ending.Failed> failed = failure.map(why -> new Ending.Failed(why, why.retryAfter()))
                .or(() -> plan.obstacle().map(why -> new Ending.Failed(why, plan.retryAfter())));
        return failed.isPresent()
                ? changed.withPendingChanges(approval.pendingChanges()).withEnding(failed.get())
                : changed.withEnding(ready(request, desired, applied));
    }

    /**
     * Returns why the plan must not begin yet. A stale read may hide a policy that another entitlement allowed, so that the plan
     * could not revoke it before it grants, and the resource is not Ready. A failure that waiting does not resolve is reported at
     * once.
     */
    private Optional<Ending.Failed> staleness(DesiredRole desired, Plan plan, Grant grant, ResourceState state) {
        if (state.entitlements().covers(grant)) {
            return Optional.empty();
        }
        return state.nextRead(clock.instant())
                .map(untrusted -> new Ending.Failed(
                        plan.obstacle()
                                .filter(obstacle -> !(obstacle instanceof Failure.Waiting))
                                .orElseGet(() -> new Failure.Waiting(
                                        Reason.Reconciling,
                                        "waiting to rule out a stale IAM read of role " + desired.name()
                                                + "; no action needed",
                                        untrusted)),
                        Optional.of(untrusted)));
    }

    private static boolean changesRole(Plan plan) {
        return plan.changes().stream().anyMatch(RoleChange.class::isInstance);
    }

    /** Returns whether the resource has no role yet, whatever its status says. */
    private static boolean getsRole(Plan plan) {
        return plan.changes().stream()
                .anyMatch(change -> change instanceof RoleChange.CreateRole
                        || (change instanceof RoleChange.TagRole tags && tags.claims()));
    }

    private Ending.Ready ready(ReconcileRequest request, Desired.Valid desired, Applied applied) {
        return new Ending.Ready(ServiceAccountReport.of(request, desired.serviceAccount(), applied.changes(), cluster));
    }

    /** Returns the result of a reconcile that may write nothing. */
    private ReconcileResult pending(
            ReconcileRequest request, Desired.Valid desired, Plan plan, ReconcileResult result, ResourceState state) {
        List<String> pending = new ArrayList<>(removal.descriptions(request, desired, state));
        pending.addAll(plan.descriptions());
        return result.withPendingChanges(pending).withEnding(new Ending.Pending(request.whyPending(), plan.obstacle()));
    }

    /**
     * Returns whether the resource gets its first role, and therefore the finalizer. A resource whose plan is refused needs
     * none. After a refused CreateRole it was added already.
     */
    private static boolean getsFirstRole(ReconcileRequest request, Plan plan, RolePrior prior, boolean owned) {
        boolean refused = plan.changes().isEmpty() && plan.obstacle().isPresent();
        return !request.hasRole() && !prior.isNameTaken() && (owned || !refused);
    }

    private static Optional<RoleState> owned(DesiredRole desired, Optional<RoleState> role) {
        return role.filter(known -> RoleOwnershipCheck.isOurs(desired, known.role()));
    }

    private static boolean isOffered(DesiredRole desired, Optional<RoleState> role) {
        return role.filter(known -> RoleOwnershipCheck.isOffered(desired, known.role()))
                .isPresent();
    }

    /** Returns whether IAM may still show the role as it was before it became the resource's. */
    private boolean isPropagating(ReconcileRequest request, ResourceState state) {
        return !state.trusts(Answer.CONTENT, clock.instant())
                && state.known().policies(request.previous().roleId()).isPresent();
    }
}
