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
import dev.irsa.reconcile.role.AdoptionApproval;
import dev.irsa.reconcile.role.PolicyRemarks;
import dev.irsa.reconcile.role.RoleProgress;
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
    private final RoleProgress progress;
    private final Cluster cluster;
    private final InstantSource clock;

    RoleConvergence(
            EntitlementAuthorizer authorizer,
            ResourceObserver observer,
            PlanExecutor executor,
            ServiceAccountRemoval removal,
            RoleProgress progress,
            Cluster cluster,
            InstantSource clock) {
        this.authorizer = authorizer;
        this.observer = observer;
        this.executor = executor;
        this.removal = removal;
        this.progress = progress;
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
            Attempt first = attempt(run, managed, known, prior);
            return first.next()
                    .map(next -> attempt(run, managed, known, next)
                            .result()
                            .after(first.result().changes()))
                    .orElse(first.result());
        } catch (FailureException e) {
            boolean releases = e.failure().reason() == Reason.RoleConflict
                    && run.mayWrite()
                    && !run.delivery().history().removed(wanted).isEmpty();
            if (!releases) {
                throw e;
            }
            return ReconcileResult.failed(e.failure())
                    .after(removal.apply(run, wanted).changes())
                    .withPendingChanges(run.approvedChanges());
        }
    }

    /**
     * An attempt to converge.
     *
     * @param next what is known about the role instead, if it was assumed to be new and is not: perhaps an earlier process
     *     created it
     */
    private record Attempt(ReconcileResult result, Optional<RolePrior> next) {
        static Attempt of(ReconcileResult result) {
            return new Attempt(result, Optional.empty());
        }
    }

    private Attempt attempt(Run run, Permitted.Managed managed, DeliveryPlan known, RolePrior prior) {
        boolean drifted = run.role().known().drifted();
        Grant grant = managed.grant();
        Optional<Observation> observation = observer.observe(run, managed.desired(), known, prior);
        if (observation.isEmpty()) {
            return Attempt.of(ReconcileResult.deferred());
        }
        RoleObservation observed = observation.get().role();
        DeliveryPlan delivery = observation.get().delivery();
        Desired.Valid desired = delivery.desired();
        Plan plan = RolePlanner.plan(
                        desired.role(), observed, run.role().entitlements().covers(grant))
                .then(delivery.steps());
        Optional<RoleState> owned = owned(desired.role(), observed.trusted());
        boolean propagating = isPropagating(run);
        List<String> remarks = SessionTagRemarks.after(PolicyRemarks.of(desired.role(), observed), desired);
        ReconcileResult result = ReconcileResult.observed(owned, drifted, remarks)
                .withOffer(!propagating && isOffered(desired.role(), observed.trusted()));
        if (!run.mayWrite()) {
            return Attempt.of(pending(run, desired, plan, result));
        }
        AdoptionApproval approval = AdoptionApproval.of(plan, run.approvedChanges(), owned.isPresent(), propagating);
        if (approval.refusal().isPresent()) {
            return Attempt.of(result.withPendingChanges(approval.pendingChanges())
                    .failing(approval.refusal().get()));
        }
        if (getsRole(plan) && authorizer.refuteRole(run.resource())) {
            return Attempt.of(result.failing(new Failure.Passing(
                    Reason.Reconciling,
                    "role " + desired.role().name() + ", which status.role names, does not belong to this resource;"
                            + " checking whether the quota of the namespace has room for it; no action needed")));
        }
        Applied removed = removal.apply(run, desired);
        Optional<Ending.Failed> staleness = progress.staleness(desired.role(), plan, grant, run);
        if (staleness.isPresent()) {
            return Attempt.of(result.after(removed.changes())
                    .withPendingChanges(approval.pendingChanges())
                    .withEnding(staleness.get()));
        }
        RoleProgress.begin(plan, grant, run);
        boolean first = getsFirstRole(run, plan, prior, owned.isPresent());
        Applied applied = executor.apply(run, plan, desired.role(), owned, first);
        RoleProgress.made(applied.changes(), grant, run);
        if (applied.isNameTaken()) {
            RolePrior next = observed.assumed() ? RolePrior.EXISTS : RolePrior.EXISTS_UNSEEN;
            return new Attempt(ReconcileResult.deferred().after(removed.changes()), Optional.of(next));
        }
        ReconcileResult changed =
                result.after(applied.changes()).after(removed.changes()).withRole(applied.role());
        ReconcileResult unfinished = changed.withPendingChanges(approval.pendingChanges());
        return Attempt.of(applied.failure()
                .or(removed::failure)
                .map(unfinished::failing)
                .or(() -> plan.obstacle().map(why -> unfinished.failing(why, plan.retryAfter())))
                .orElseGet(() -> changed.withEnding(ready(run, desired, applied))));
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
        return !run.role().trusts(Answer.CONTENT, clock.instant())
                && run.role().known().policies(run.previous().roleId()).isPresent();
    }
}
