package dev.irsa.reconcile.status;

import dev.irsa.api.v1alpha1.AppliedTemplate;
import dev.irsa.api.v1alpha1.ServiceAccountStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of one reconcile, from which status, events and the next reconcile follow.
 *
 * @param ending how it ended
 * @param changes what was changed, also when it then failed
 * @param pendingChanges what remains to be done, one line a change, as the status shows it
 * @param remarks what users should know although nothing failed
 * @param role the role, if it is the resource's
 * @param writtenDenies the inline policies of the role that only deny and that the operator wrote: the digest by name
 * @param templates the policy templates of the desired state
 * @param delivery how pods obtain credentials; empty if it was not evaluated
 * @param offered whether the role is offered for adoption and was not the resource's before this reconcile
 * @param drifted whether a sweep had found the role to differ from the spec
 */
public record ReconcileResult(
        Ending ending,
        List<Change> changes,
        List<String> pendingChanges,
        List<String> remarks,
        Optional<RoleState> role,
        SortedMap<String, String> writtenDenies,
        List<AppliedTemplate> templates,
        Optional<DeliveryReport> delivery,
        boolean offered,
        boolean drifted) {
    public ReconcileResult {
        changes = List.copyOf(changes);
        pendingChanges = List.copyOf(pendingChanges);
        remarks = List.copyOf(remarks);
        templates = List.copyOf(templates);
        writtenDenies = Collections.unmodifiableSortedMap(new TreeMap<>(writtenDenies));
    }

    /** How a reconcile ended. */
    public sealed interface Ending {
        /**
         * The role is up to date.
         *
         * @param serviceAccount the ServiceAccount that is annotated with it; empty if the user manages it
         */
        record Ready(Optional<ServiceAccountStatus> serviceAccount) implements Ending {}

        /**
         * The ServiceAccount uses a role that others manage.
         *
         * @param message of the condition Ready
         * @param serviceAccount the ServiceAccount that is annotated with it; empty if the user manages it
         * @param nextCheck when the role is read again; empty if the operator cannot read it
         */
        record ExternalReady(
                String roleArn,
                String message,
                Optional<ServiceAccountStatus> serviceAccount,
                Optional<Duration> nextCheck)
                implements Ending {}

        /**
         * The plan is published and not applied.
         *
         * @param why what prevents it
         * @param obstacle what would prevent it from being applied completely
         */
        record Pending(String why, Optional<Failure> obstacle) implements Ending {
            /** The user suspended the resource. */
            public static final String BY_SPEC = "suspended by spec.suspend";

            /** The operator runs in dry-run mode. */
            public static final String BY_DRY_RUN = "the operator runs with --dry-run";
        }

        /**
         * Something failed.
         *
         * @param retryAfter when to retry; empty: as the failure says
         */
        record Failed(Failure failure, Optional<Duration> retryAfter) implements Ending {}

        /**
         * The finalizer is removed.
         *
         * @param remark what users should know about the role; empty if nothing
         */
        record Gone(String remark) implements Ending {}

        /**
         * The resource waits.
         *
         * @param pause for how long; empty if it waits for its turn or for the first sweep, and is requeued then
         */
        record Deferred(Optional<Duration> pause) implements Ending {}

        /** There was nothing to do and there is nothing to report. */
        record Untouched() implements Ending {}
    }

    /** Returns the result of a reconcile that changed nothing and ended like this. */
    public static ReconcileResult of(Ending ending) {
        return new ReconcileResult(
                ending,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new TreeMap<>(),
                List.of(),
                Optional.empty(),
                false,
                false);
    }

    /** Returns the result of a reconcile that failed before it changed anything. */
    public static ReconcileResult failed(Failure failure) {
        return of(new Ending.Failed(failure, failure.retryAfter()));
    }

    /** Returns the result of a reconcile that is requeued. */
    public static ReconcileResult deferred() {
        return of(new Ending.Deferred(Optional.empty()));
    }

    /** Returns the result of a reconcile that waits for this time. */
    public static ReconcileResult deferred(Duration pause) {
        return of(new Ending.Deferred(Optional.of(pause)));
    }

    /** Returns the result of a reconcile that has observed the role and changed nothing yet. */
    public static ReconcileResult observed(Optional<RoleState> owned, boolean drifted, List<String> remarks) {
        return new ReconcileResult(
                new Ending.Deferred(Optional.empty()),
                List.of(),
                List.of(),
                remarks,
                owned,
                new TreeMap<>(),
                List.of(),
                Optional.empty(),
                false,
                drifted);
    }

    /** Returns this result with another ending. */
    public ReconcileResult withEnding(Ending other) {
        return new ReconcileResult(
                other, changes, pendingChanges, remarks, role, writtenDenies, templates, delivery, offered, drifted);
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
    public ReconcileResult after(List<? extends Change> earlier) {
        List<Change> all = new ArrayList<>(earlier);
        all.addAll(changes);
        return new ReconcileResult(
                ending, all, pendingChanges, remarks, role, writtenDenies, templates, delivery, offered, drifted);
    }

    /** Returns this result with these pending changes. */
    public ReconcileResult withPendingChanges(List<String> pending) {
        return new ReconcileResult(
                ending, changes, pending, remarks, role, writtenDenies, templates, delivery, offered, drifted);
    }

    /** Returns this result with this role. */
    public ReconcileResult withRole(Optional<RoleState> owned) {
        return new ReconcileResult(
                ending, changes, pendingChanges, remarks, owned, writtenDenies, templates, delivery, offered, drifted);
    }

    /** Returns this result, whose role is offered or not. */
    public ReconcileResult withOffer(boolean offer) {
        return new ReconcileResult(
                ending, changes, pendingChanges, remarks, role, writtenDenies, templates, delivery, offer, drifted);
    }

    /** Returns this result with these policies that only deny and that the operator wrote. */
    public ReconcileResult withWrittenDenies(SortedMap<String, String> denies) {
        return new ReconcileResult(
                ending, changes, pendingChanges, remarks, role, denies, templates, delivery, offered, drifted);
    }

    /** Returns this result of a desired state with these policy templates. */
    public ReconcileResult withTemplates(List<AppliedTemplate> used) {
        return new ReconcileResult(
                ending, changes, pendingChanges, remarks, role, writtenDenies, used, delivery, offered, drifted);
    }

    /** Returns this result with this report of how pods obtain credentials. */
    public ReconcileResult withDelivery(DeliveryReport report) {
        return new ReconcileResult(
                ending,
                changes,
                pendingChanges,
                remarks,
                role,
                writtenDenies,
                templates,
                Optional.of(report),
                offered,
                drifted);
    }
}
