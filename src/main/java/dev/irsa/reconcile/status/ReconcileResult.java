package dev.irsa.reconcile.status;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of one reconcile, from which status, events and the next reconcile follow.
 *
 * @param ending how it ended
 * @param changes what was changed, also when it then failed
 * @param pendingChanges what remains to be done, one line a change, as the status shows it
 * @param role what was observed of the role
 * @param policies what the status records about the policies of the role
 * @param delivery how pods obtain credentials; empty if it was not evaluated
 * @param entitlement the name of the entitlement that allows it; empty if that was not decided, or none does
 */
public record ReconcileResult(
        Ending ending,
        List<Change> changes,
        List<String> pendingChanges,
        RoleReport role,
        PolicyReport policies,
        Optional<DeliveryReport> delivery,
        Optional<String> entitlement) {
    public ReconcileResult {
        changes = List.copyOf(changes);
        pendingChanges = List.copyOf(pendingChanges);
    }

    /** Returns the result of a reconcile that changed nothing and ended like this. */
    public static ReconcileResult of(Ending ending) {
        return new ReconcileResult(
                ending, List.of(), List.of(), RoleReport.NONE, PolicyReport.NONE, Optional.empty(), Optional.empty());
    }

    /** Returns the result of a reconcile that failed before it changed anything. */
    public static ReconcileResult failed(Failure failure) {
        return of(Ending.Failed.of(failure));
    }

    /** Returns the result of a reconcile that is requeued. */
    public static ReconcileResult deferred() {
        return of(new Ending.Deferred(Optional.empty()));
    }

    /** Returns the result of a reconcile that waits for this time. */
    public static ReconcileResult deferred(Duration pause) {
        return of(new Ending.Deferred(Optional.of(pause)));
    }

    /** Returns the result of a reconcile after which the resource may disappear, and nothing else is to be reported. */
    public static ReconcileResult gone() {
        return of(new Ending.Gone(""));
    }

    /** Returns this result with another ending. */
    public ReconcileResult withEnding(Ending other) {
        return new ReconcileResult(other, changes, pendingChanges, role, policies, delivery, entitlement);
    }

    /** Returns the name of the entitlement that allows the resource now: as before if that was not decided. */
    public Optional<String> entitlementAfter(PreviousStatus previous) {
        boolean denied =
                ending instanceof Ending.Failed(Failure failure, var _) && failure.reason() == Reason.NotEntitled;
        return denied ? Optional.empty() : entitlement.or(previous::entitlement);
    }

    /** Returns this result, but failed. */
    public ReconcileResult failing(Failure failure) {
        return failing(failure, failure.retryAfter());
    }

    /** Returns this result, but failed and retried after this time; empty: as the failure says. */
    public ReconcileResult failing(Failure failure, Optional<Duration> retryAfter) {
        return withEnding(new Ending.Failed(failure, retryAfter));
    }

    /** Returns this result of a deletion: whatever prevented it, the reason is DeletionBlocked, and its own is in the message. */
    public ReconcileResult asDeletion() {
        return ending instanceof Ending.Failed(Failure failure, var retryAfter)
                        && !(failure instanceof Failure.DeletionBlocked)
                        && failure.reason() != Reason.InternalError
                ? withEnding(new Ending.Failed(
                        new Failure.DeletionBlocked(failure.reason() + ": " + failure.message()), retryAfter))
                : this;
    }

    /** Returns this result, preceded by these changes. */
    public ReconcileResult precededBy(List<? extends Change> earlier) {
        List<Change> all = new ArrayList<>(earlier);
        all.addAll(changes);
        return new ReconcileResult(ending, all, pendingChanges, role, policies, delivery, entitlement);
    }

    /** Returns this result with these pending changes. */
    public ReconcileResult withPendingChanges(List<String> pending) {
        return new ReconcileResult(ending, changes, pending, role, policies, delivery, entitlement);
    }

    /** Returns this result with this report of the role. */
    public ReconcileResult withRole(RoleReport report) {
        return new ReconcileResult(ending, changes, pendingChanges, report, policies, delivery, entitlement);
    }

    /** Returns this result with this report of the policies. */
    public ReconcileResult withPolicies(PolicyReport report) {
        return new ReconcileResult(ending, changes, pendingChanges, role, report, delivery, entitlement);
    }

    /** Returns this result with this report of how pods obtain credentials. */
    public ReconcileResult withDelivery(DeliveryReport report) {
        return new ReconcileResult(ending, changes, pendingChanges, role, policies, Optional.of(report), entitlement);
    }

    /** Returns this result of a resource that this entitlement allows. */
    public ReconcileResult allowedBy(String name) {
        return new ReconcileResult(ending, changes, pendingChanges, role, policies, delivery, Optional.of(name));
    }
}
