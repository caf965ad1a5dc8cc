package dev.irsa.reconcile.memory;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.consistency.ReadConsistency;
import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.SweepObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What this process knows about the role of one resource. It is lost when the process ends, and a new process reads for itself.
 *
 * <p>Only the reconcile of the resource changes it, and a resource is never reconciled twice at once. The sweep's thread
 * calls {@link #offer}, {@link #offerUnclear} and {@link #request}, and what it leaves there is taken by the next reconcile.
 */
public final class RoleMemory {
    private volatile WriteHistory history;
    private volatile Optional<String> roleName = Optional.empty();
    private volatile KnownRole known = KnownRole.NOTHING;
    private PolicyMemory policyMemory = PolicyMemory.NONE;
    private EntitlementMemory entitlements = EntitlementMemory.NEW;
    private Optional<ReducedTrust> reduction = Optional.empty();
    private Optional<SweepObservation> offered = Optional.empty(); // guarded by this
    private RequestedRead requested = RequestedRead.NONE; // guarded by this

    public RoleMemory(WriteHistory history) {
        this.history = history;
    }

    public WriteHistory history() {
        return history;
    }

    public void record(UnaryOperator<WriteHistory> event) {
        history = event.apply(history);
    }

    /** Returns for how long the answer to a call that began at {@code asked} is not trusted yet. */
    public Duration untrustedFor(Answer answer, Instant asked) {
        return ReadConsistency.remaining(answer, history, asked);
    }

    public boolean trusts(Answer answer, Instant asked) {
        return ReadConsistency.isTrusted(answer, history, asked);
    }

    /**
     * Returns whether a call that began at {@code asked} may show the role as it was before our last write. What IAM accepted from
     * us is there all the same.
     */
    public boolean mayPredateOurWrite(Instant asked) {
        return history.writes().toRole() && !trusts(Answer.REFUSAL, asked);
    }

    public KnownRole known() {
        return known;
    }

    /** Changes what is known about the role, but not the history of its writes. */
    public void update(UnaryOperator<KnownRole> change) {
        known = change.apply(known);
    }

    public PolicyMemory policyMemory() {
        return policyMemory;
    }

    public void remember(UnaryOperator<PolicyMemory> change) {
        policyMemory = change.apply(policyMemory);
    }

    /** Returns the last trust policy of a frozen role that was found to need no reduction. */
    public Optional<ReducedTrust> reduction() {
        return reduction;
    }

    public void reduction(ReducedTrust checked) {
        reduction = Optional.of(checked);
    }

    /** Returns the versions of entitlements each of which allows everything that the role may have. */
    public EntitlementMemory entitlements() {
        return entitlements;
    }

    public void entitlements(EntitlementMemory memory) {
        entitlements = memory;
    }

    /** Returns the name of the role; empty before the first reconcile that derived it. */
    Optional<String> roleName() {
        return roleName;
    }

    void roleName(String name) {
        roleName = Optional.of(name);
    }

    /** Records the role as a call showed it that began at {@code asked}. */
    public void seen(RoleState state, Instant asked) {
        known = known.seen(state, asked);
        request(RequestedRead.NONE);
        record(WriteHistory::shown);
    }

    /** Returns when the role is to be read once more; empty if it is not. */
    public Optional<Duration> nextRead(Instant now) {
        return known.provisional() ? Optional.of(untrustedFor(Answer.CONTENT, now)) : Optional.empty();
    }

    /** Records a role that IAM has created. */
    public void created(RoleState state, Instant now) {
        seen(state, now);
        record(before -> before.written(now));
    }

    /**
     * Records a change that IAM accepted.
     *
     * @param asked when the call began; time that the process was stopped since proves nothing
     */
    public void written(RoleChange change, Instant asked, Instant now) {
        known = known.changed(change);
        policyMemory = policyMemory.accepted(change);
        record(before -> change instanceof RoleChange.DeleteRole ? before.deleted(asked, now) : before.written(now));
    }

    /** Offers what a sweep observed, and returns whether the resource has to be reconciled because of it. */
    public synchronized boolean offer(SweepObservation observation) {
        if (requested == RequestedRead.ROUTINE) {
            requested = RequestedRead.NONE;
        }
        if (!isNewer(observation)) {
            return false;
        }
        boolean wasUnclear = requested == RequestedRead.REQUIRED;
        requested = RequestedRead.NONE;
        // An earlier sweep may have shown a state that is over. While a resource cannot be reconciled, each sweep
        // offers the same.
        Optional<SweepObservation> before = offered.filter(this::isNewer);
        offered = known.differsFrom(observation) ? Optional.of(observation) : Optional.empty();
        boolean same = offered.isPresent() == before.isPresent()
                && before.stream().allMatch(earlier -> earlier.role().equals(observation.role()));
        return wasUnclear || !same;
    }

    /** Records that a sweep that began then could not read the role, and returns whether it has to be read for that reason. */
    synchronized boolean offerUnclear(Instant began) {
        boolean readDue = trusts(Answer.REFUSAL, began);
        requested = readDue ? RequestedRead.REQUIRED : requested;
        return readDue;
    }

    synchronized void request(RequestedRead read) {
        requested = read;
    }

    public synchronized RequestedRead requested() {
        return requested;
    }

    /** Returns whether the first sweep is still to report the role, after which the resource is reconciled. */
    public boolean awaitsSweep() {
        return known.empty() && requested() == RequestedRead.NONE;
    }

    /**
     * Accepts the observation that a sweep offered, if it is still newer than what is known.
     *
     * @param upToDate whether nothing was begun for the resource since it was last up to date. Then the observation may be
     *     older than the last write of an earlier process
     */
    public void acceptOffer(boolean upToDate) {
        Optional<SweepObservation> observation;
        synchronized (this) {
            observation = offered;
            offered = Optional.empty();
        }
        observation
                .filter(this::isNewer)
                // A provisional state is read by the reconcile. A sweep does not show a role that is offered for
                // adoption.
                .filter(_ -> !known.provisional())
                .filter(seen -> upToDate || trusts(Answer.CONTENT, seen.began()))
                .ifPresent(seen -> {
                    known = known.observed(seen, upToDate);
                    known.role().ifPresent(shown -> record(WriteHistory::shown));
                });
    }

    /** Returns what a sweep offered, if it was not accepted yet and is still newer than what is known. */
    public Optional<SweepObservation> offered() {
        Optional<SweepObservation> observation;
        synchronized (this) {
            observation = offered;
        }
        return observation.filter(this::isNewer);
    }

    /** Returns the role as it was observed last, whether or not a reconcile has accepted that. */
    public Optional<RoleState> lastObserved() {
        return isUnclear()
                ? Optional.empty()
                : offered().map(SweepObservation::role).orElseGet(() -> known.role());
    }

    /** Returns whether the role did not exist, or was not ours, when it was observed last. */
    public boolean isAbsent() {
        return wasObserved() && !isUnclear() && lastObserved().isEmpty();
    }

    /** Returns whether this process has looked for the role, whatever it found. */
    public boolean wasObserved() {
        return isUnclear() || offered().isPresent() || known.lastRead().isAfter(Instant.MIN);
    }

    /** Returns whether the last sweep could not read the role, so that it may have changed since it was observed. */
    private boolean isUnclear() {
        return requested() == RequestedRead.REQUIRED;
    }

    /** A sweep reports nothing about what we wrote shortly before it began, or read after that. */
    private boolean isNewer(SweepObservation observation) {
        return trusts(Answer.REFUSAL, observation.began())
                && observation.began().isAfter(known.lastRead());
    }
}
