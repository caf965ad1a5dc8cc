package dev.irsa.reconcile.managed;

import dev.irsa.api.v1beta1.Management;
import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.reconcile.AccountGuard;
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
import dev.irsa.reconcile.status.Ending;
import dev.irsa.reconcile.status.ReconcileResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings a role and its delivery to the desired state: observes both, plans, checks whether the plan may begin, and applies it. */
public record RoleConvergence(
        AccountGuard accounts,
        EntitlementAuthorizer authorizer,
        ResourceObserver observer,
        PlanExecutor executor,
        ServiceAccountRemoval removal,
        RoleProgress progress,
        InstantSource clock) {
    /** Converges. If the role turns out to exist, it is read and changed instead of created. */
    ReconcileResult converge(Run run, Permitted.Managed managed, DeliveryPlan predicted, RolePrior prior) {
        try {
            return switch (attempt(run, managed, predicted, prior)) {
                case Attempt.Done(var result) -> result;
                case Attempt.NameTaken(var next, var changes) ->
                    convergeExisting(run, managed, predicted, next).precededBy(changes);
            };
        } catch (FailureException e) {
            return releaseAfterConflict(run, managed.desired(), e);
        }
    }

    /** A role that IAM does not return although its name is taken is a failure, so there is no third attempt. */
    private ReconcileResult convergeExisting(
            Run run, Permitted.Managed managed, DeliveryPlan predicted, RolePrior prior) {
        return attempt(run, managed, predicted, prior) instanceof Attempt.Done(var result)
                ? result
                : ReconcileResult.deferred();
    }

    /**
     * Releases the ServiceAccounts that were removed from the spec of a resource whose role was replaced by another: another
     * resource may wait for them.
     *
     * @throws FailureException the same, if it is of another kind
     */
    private ReconcileResult releaseAfterConflict(Run run, Desired.Valid wanted, FailureException e) {
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

    /** How an attempt to converge ended. */
    private sealed interface Attempt {
        record Done(ReconcileResult result) implements Attempt {}

        /**
         * The role was assumed to be new and is not: perhaps an earlier process created it.
         *
         * @param next what is known about the role instead
         * @param changes what was done all the same
         */
        record NameTaken(RolePrior next, List<Change> changes) implements Attempt {}
    }

    private Attempt attempt(Run run, Permitted.Managed managed, DeliveryPlan predicted, RolePrior prior) {
        Optional<Observation> observation = observer.observe(run, managed.desired(), predicted, prior);
        if (observation.isEmpty()) {
            return new Attempt.Done(ReconcileResult.deferred());
        }
        Proposal proposal = Proposal.of(observation.get(), managed.grant(), run, clock.instant());
        if (!run.mayWrite()) {
            return new Attempt.Done(pending(run, proposal));
        }
        AdoptionApproval approval = AdoptionApproval.of(
                proposal.plan(), run.approvedChanges(), proposal.owned().isPresent(), proposal.propagating());
        Optional<Failure> refusal = approval.refusal().or(() -> refuteStatus(run, proposal));
        if (refusal.isPresent()) {
            return new Attempt.Done(
                    proposal.ending(Ending.Failed.of(refusal.get())).withPendingChanges(approval.pendingChanges()));
        }
        return carryOut(run, proposal, approval.pendingChanges(), managed.grant(), prior);
    }

    /** @param pendingChanges what the status shows as pending until everything is done */
    private Attempt carryOut(Run run, Proposal proposal, List<String> pendingChanges, Grant grant, RolePrior prior) {
        if (proposal.plan().changes().stream().anyMatch(RoleChange.class::isInstance)) {
            accounts.requireUnchanged();
        }
        // A release takes access away, so it need not wait until the role is certain.
        Applied removed = removal.apply(run, proposal.desired());
        DesiredRole desired = proposal.desired().role();
        Optional<Ending.Failed> staleness = progress.staleness(desired, proposal.plan(), grant, run);
        if (staleness.isPresent()) {
            return new Attempt.Done(proposal.ending(staleness.get())
                    .precededBy(removed.changes())
                    .withPendingChanges(pendingChanges));
        }
        RoleProgress.begin(proposal.plan(), grant, run);
        PlanExecutor.Execution execution =
                executor.apply(run, proposal.plan(), desired, proposal.owned(), getsFirstRole(run, proposal, prior));
        RoleProgress.made(execution.applied().changes(), grant, run);
        if (execution.isNameTaken()) {
            RolePrior next = proposal.assumed() ? RolePrior.EXISTS : RolePrior.EXISTS_UNSEEN;
            return new Attempt.NameTaken(next, removed.changes());
        }
        Ending ending = ending(proposal, removed, execution.applied());
        return new Attempt.Done(ReconcileResult.of(ending)
                .withRole(proposal.role().withState(execution.role()))
                .precededBy(execution.applied().changes())
                .precededBy(removed.changes())
                .withPendingChanges(ending instanceof Ending.Ready ? List.of() : pendingChanges));
    }

    private static Ending ending(Proposal proposal, Applied removed, Applied applied) {
        Optional<Failure> failure = applied.failure().or(removed::failure);
        if (failure.isPresent()) {
            return Ending.Failed.of(failure.get());
        }
        Plan plan = proposal.plan();
        return plan.obstacle()
                .<Ending>map(why -> new Ending.Failed(why, plan.retryAfter()))
                .orElseGet(() -> new Ending.Ready(annotated(proposal.desired())));
    }

    private static List<String> annotated(Desired.Valid desired) {
        return desired.serviceAccounts().stream()
                .filter(account -> account.management() != Management.Ignore)
                .map(DesiredServiceAccount::name)
                .toList();
    }

    /**
     * Takes its place in the quota from a resource that turns out to have no role, although its status names one. Returns why it
     * waits; empty if its place does not depend on that role.
     */
    private Optional<Failure> refuteStatus(Run run, Proposal proposal) {
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
