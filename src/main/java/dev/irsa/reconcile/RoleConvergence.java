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
import dev.irsa.reconcile.memory.EntitlementMemory;
import dev.irsa.reconcile.role.AdoptionApproval;
import dev.irsa.reconcile.role.PolicyRemarks;
import dev.irsa.reconcile.role.SessionTagRemarks;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.RolePrior;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRemoval;
import dev.irsa.reconcile.serviceaccount.ServiceAccountReport;
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
    ReconcileResult converge(Run run, Permitted.Managed managed, DeliveryPlan known, RolePrior prior) {
        Desired.Valid wanted = managed.desired();
        try {
            return attempt(run, managed, known, prior);
        } catch (FailureException e) {
            boolean releases = e.failure().reason() == Reason.RoleConflict
                    && run.mayWrite()
                    && !run.memory().delivery().history().removed(wanted).isEmpty();
            if (!releases) {
                throw e;
            }
            return ReconcileResult.failed(e.failure())
                    .after(removal.apply(run, wanted).changes())
                    .withPendingChanges(run.approvedChanges());
        }
    }

    private ReconcileResult attempt(Run run, Permitted.Managed managed, DeliveryPlan known, RolePrior prior) {
        boolean drifted = run.memory().known().drifted();
        Grant grant = managed.grant();
        Optional<Observation> observation = observer.observe(run, managed.desired(), known, prior);
        if (observation.isEmpty()) {
            return ReconcileResult.deferred();
        }
        RoleObservation observed = observation.get().role();
        DeliveryPlan delivery = observation.get().delivery();
        Desired.Valid desired = delivery.desired();
        Plan plan = RolePlanner.plan(
                        desired.role(), observed, run.memory().entitlements().covers(grant))
                .then(delivery.steps());
        Optional<RoleState> owned = owned(desired.role(), observed.trusted());
        boolean propagating = isPropagating(run);
        List<String> remarks = SessionTagRemarks.after(PolicyRemarks.of(desired.role(), observed), desired);
        ReconcileResult result = ReconcileResult.observed(owned, drifted, remarks)
                .withOffer(!propagating && isOffered(desired.role(), observed.trusted()));
        if (!run.mayWrite()) {
            return pending(run, desired, plan, result);
        }
        AdoptionApproval approval = AdoptionApproval.of(plan, run.approvedChanges(), owned.isPresent(), propagating);
        if (approval.refusal().isPresent()) {
            return result.withPendingChanges(approval.pendingChanges())
                    .failing(approval.refusal().get());
        }
        if (getsRole(plan) && authorizer.refuteRole(run.resource())) {
            return result.failing(new Failure.Passing(
                    Reason.Reconciling,
                    "role " + desired.role().name() + ", which status.role names, does not belong to this resource;"
                            + " checking whether the quota of the namespace has room for it; no action needed"));
        }
        Applied removed = removal.apply(run, desired);
        Optional<Ending.Failed> staleness = staleness(desired.role(), plan, grant, run);
        if (staleness.isPresent()) {
            return result.after(removed.changes())
                    .withPendingChanges(approval.pendingChanges())
                    .withEnding(staleness.get());
        }
        if (changesRole(plan)) {
            run.memory().entitlements(run.memory().entitlements().begun(grant));
        }
        boolean first = getsFirstRole(run, plan, prior, owned.isPresent());
        Applied applied = executor.apply(run, plan, desired.role(), owned, first);
        if (applied.changes().stream().anyMatch(RoleChange.CreateRole.class::isInstance)) {
            run.memory().entitlements(EntitlementMemory.reached(grant));
        }
        if (applied.isNameTaken()) {
            // It was assumed to be new and is not: perhaps an earlier process created it.
            run.memory().record(before -> before.nameTaken(clock.instant()));
            RolePrior next = observed.assumed() ? RolePrior.EXISTS : RolePrior.EXISTS_UNSEEN;
            return attempt(run, managed, known, next).after(removed.changes());
        }
        ReconcileResult changed =
                result.after(applied.changes()).after(removed.changes()).withRole(applied.role());
        Optional<Failure> failure = applied.failure().or(removed::failure);
        Optional<Ending.Failed> failed = failure.map(why -> new Ending.Failed(why, why.retryAfter()))
                .or(() -> plan.obstacle().map(why -> new Ending.Failed(why, plan.retryAfter())));
        return failed.isPresent()
                ? changed.withPendingChanges(approval.pendingChanges()).withEnding(failed.get())
                : changed.withEnding(ready(run, desired, applied));
    }

    /**
     * Returns why the role must not be changed yet. A stale read may hide a policy that another entitlement allowed, so that the
     * plan could not revoke it before it grants. A failure that no time mends is reported already.
     */
    private Optional<Ending.Failed> staleness(DesiredRole desired, Plan plan, Grant grant, Run run) {
        if (!changesRole(plan) || run.memory().entitlements().covers(grant)) {
            return Optional.empty();
        }
        return run.memory()
                .nextRead(clock.instant())
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

    private Ending.Ready ready(Run run, Desired.Valid desired, Applied applied) {
        return new Ending.Ready(ServiceAccountReport.of(run, desired.serviceAccount(), applied.changes(), cluster));
    }

    /** Returns the result of a reconcile that may write nothing. */
    private ReconcileResult pending(Run run, Desired.Valid desired, Plan plan, ReconcileResult result) {
        List<String> pending = new ArrayList<>(removal.descriptions(run, desired));
        pending.addAll(plan.descriptions());
        return result.withPendingChanges(pending).withEnding(new Ending.Pending(run.whyPending(), plan.obstacle()));
    }

    /**
     * Returns whether the resource gets its first role, and therefore the finalizer. A resource whose plan is refused needs
     * none. After a refused CreateRole it was added already.
     */
    private static boolean getsFirstRole(Run run, Plan plan, RolePrior prior, boolean owned) {
        boolean refused = plan.changes().isEmpty() && plan.obstacle().isPresent();
        return !run.hasRole() && !prior.isNameTaken() && (owned || !refused);
    }

    private static Optional<RoleState> owned(DesiredRole desired, Optional<RoleState> role) {
        return role.filter(known -> RoleOwnershipCheck.isOurs(desired, known.role()));
    }

    private static boolean isOffered(DesiredRole desired, Optional<RoleState> role) {
        return role.filter(known -> RoleOwnershipCheck.isOffered(desired, known.role()))
                .isPresent();
    }

    /** Returns whether IAM may still show the role as it was before it became the resource's. */
    private boolean isPropagating(Run run) {
        return !run.memory().trusts(Answer.CONTENT, clock.instant())
                && run.memory().known().policies(run.previous().roleId()).isPresent();
    }
}
