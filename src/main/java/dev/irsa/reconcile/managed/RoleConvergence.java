package dev.irsa.reconcile.managed;

import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.ClusterReads;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.authorization.Grant;
import dev.irsa.reconcile.authorization.Permitted;
import dev.irsa.reconcile.managed.ResourceObserver.Observation;
import dev.irsa.reconcile.role.AdoptionApproval;
import dev.irsa.reconcile.role.RoleProgress;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.RolePrior;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRemoval;
import dev.irsa.reconcile.serviceaccount.ServiceAccountReport;
import dev.irsa.reconcile.status.Ending;
import dev.irsa.reconcile.status.ReconcileResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings a role and its delivery to the desired state: observes both, plans, checks whether the plan may begin, and applies it. */
public record RoleConvergence(
        EntitlementAuthorizer authorizer,
        ResourceObserver observer,
        PlanExecutor executor,
        ServiceAccountRemoval removal,
        RoleProgress progress,
        ClusterReads cluster,
        InstantSource clock) {
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
                            .precededBy(first.result().changes()))
                    .orElse(first.result());
        } catch (FailureException e) {
            boolean releases = e.failure().reason() == Reason.RoleConflict
                    && run.mayWrite()
                    && !run.delivery().history().removed(wanted).isEmpty();
            if (!releases) {
                throw e;
            }
            return ReconcileResult.failed(e.failure())
                    .precededBy(removal.apply(run, wanted).changes())
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
        Optional<Observation> observation = observer.observe(run, managed.desired(), known, prior);
        if (observation.isEmpty()) {
            return Attempt.of(ReconcileResult.deferred());
        }
        Proposal proposal = Proposal.of(observation.get(), drifted, managed.grant(), run, clock.instant());
        if (!run.mayWrite()) {
            return Attempt.of(pending(run, proposal));
        }
        AdoptionApproval approval = AdoptionApproval.of(
                proposal.plan(), run.approvedChanges(), proposal.owned().isPresent(), proposal.propagating());
        Optional<Failure> refusal = approval.refusal().or(() -> refusedByQuota(run, proposal));
        return refusal.map(why -> Attempt.of(
                        proposal.ending(Ending.Failed.of(why)).withPendingChanges(approval.pendingChanges())))
                .orElseGet(() -> carryOut(run, proposal, approval.pendingChanges(), managed.grant(), prior));
    }

    /** @param pendingChanges what the status shows as pending until everything is done */
    private Attempt carryOut(Run run, Proposal proposal, List<String> pendingChanges, Grant grant, RolePrior prior) {
        // A release takes access away, so it need not wait until the role is certain.
        Applied removed = removal.apply(run, proposal.desired());
        DesiredRole desired = proposal.desired().role();
        Optional<Ending.Failed> staleness = progress.staleness(desired, proposal.plan(), grant, run);
        if (staleness.isPresent()) {
            return Attempt.of(proposal.ending(staleness.get())
                    .precededBy(removed.changes())
                    .withPendingChanges(pendingChanges));
        }
        RoleProgress.begin(proposal.plan(), grant, run);
        PlanExecutor.Execution execution =
                executor.apply(run, proposal.plan(), desired, proposal.owned(), getsFirstRole(run, proposal, prior));
        RoleProgress.made(execution.applied().changes(), grant, run);
        if (execution.isNameTaken()) {
            RolePrior next = proposal.assumed() ? RolePrior.EXISTS : RolePrior.EXISTS_UNSEEN;
            return new Attempt(ReconcileResult.deferred().precededBy(removed.changes()), Optional.of(next));
        }
        Ending ending = ending(run, proposal, removed, execution.applied());
        return Attempt.of(ReconcileResult.of(ending)
                .withRole(proposal.role().withState(execution.role()))
                .precededBy(execution.applied().changes())
                .precededBy(removed.changes())
                .withPendingChanges(ending instanceof Ending.Ready ? List.of() : pendingChanges));
    }

    private Ending ending(Run run, Proposal proposal, Applied removed, Applied applied) {
        Optional<Failure> failure = applied.failure().or(removed::failure);
        if (failure.isPresent()) {
            return Ending.Failed.of(failure.get());
        }
        Plan plan = proposal.plan();
        return plan.obstacle()
                .<Ending>map(why -> new Ending.Failed(why, plan.retryAfter()))
                .orElseGet(() -> new Ending.Ready(
                        ServiceAccountReport.of(run, proposal.desired().serviceAccount(), applied.changes(), cluster)));
    }

    /** Returns why a resource that turns out to have no role must wait before it gets one: its place in the quota is uncertain. */
    private Optional<Failure> refusedByQuota(Run run, Proposal proposal) {
        return getsRole(proposal.plan()) && authorizer.refuteRole(run.resource())
                ? Optional.of(new Failure.Passing(
                        Reason.Reconciling,
                        "role " + proposal.desired().role().name()
                                + ", which status.role names, does not belong to this resource;"
                                + " checking whether the quota of the namespace has room for it; no action needed"))
                : Optional.empty();
    }

    /** Returns whether the resource has no role yet, whatever its status says. */
    private static boolean getsRole(Plan plan) {
        return plan.changes().stream()
                .anyMatch(change -> change instanceof RoleChange.CreateRole
                        || (change instanceof RoleChange.TagRole tags && tags.claims()));
    }

    /** Returns the result of a reconcile that may write nothing. */
    private ReconcileResult pending(Run run, Proposal proposal) {
        List<String> pending = new ArrayList<>(removal.descriptions(run, proposal.desired()));
        pending.addAll(proposal.plan().descriptions());
        return proposal.ending(
                        new Ending.Pending(run.whyPending(), proposal.plan().obstacle()))
                .withPendingChanges(pending);
    }

    /**
     * Returns whether the resource gets its first role, and therefore the finalizer. A resource whose plan is refused needs
     * none. After a refused CreateRole it was added already.
     */
    private static boolean getsFirstRole(Run run, Proposal proposal, RolePrior prior) {
        Plan plan = proposal.plan();
        boolean refused = plan.changes().isEmpty() && plan.obstacle().isPresent();
        return !run.hasRole() && !prior.isNameTaken() && (proposal.owned().isPresent() || !refused);
    }
}
