package dev.irsa.reconcile;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.consistency.ReadConsistency;
import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.SweepObservation;
import dev.irsa.reconcile.scheduling.FailureCount;
import dev.irsa.reconcile.status.PreviousStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that this process knows about one resource and its role. It is lost when the process ends, and a new process reads for
 * itself.
 *
 * <p>Only the reconcile of the resource changes it, and a resource is never reconciled twice at once. The sweep's thread
 * calls {@link #offer}, {@link #offerUnclear} and {@link #request}, and what it leaves there is taken by the next reconcile.
 */
final class ResourceState {
    private final ResourceRef ref;
    private volatile WriteHistory history;
    private volatile Optional<String> roleName = Optional.empty();
    private volatile KnownRole known = KnownRole.NOTHING;
    private PolicyMemory policyMemory = PolicyMemory.NONE;
    private EntitlementMemory entitlements = EntitlementMemory.NEW;
    private Optional<TrustReduction.Checked> reduction = Optional.empty();
    private final DeliveryState delivery = new DeliveryState();
    private FinalizerState finalizer = FinalizerState.UNCONFIRMED;
    private FailureCount failures = FailureCount.NONE;
    private Optional<SweepObservation> offered = Optional.empty(); // guarded by this
    private RequestedRead requested = RequestedRead.NONE; // guarded by this

    ResourceState(ResourceRef ref, WriteHistory history) {
        this.ref = ref;
        this.history = history;
    }

    ResourceRef ref() {
        return ref;
    }

    WriteHistory history() {
        return history;
    }

    void record(UnaryOperator<WriteHistory> event) {
        history = event.apply(history);
    }

    /** Returns for how long the answer to a call that began at {@code asked} is not trusted yet. */
    Duration untrustedFor(Answer answer, Instant asked) {
        return ReadConsistency.remaining(answer, history, asked);
    }

    boolean trusts(Answer answer, Instant asked) {
        return ReadConsistency.isTrusted(answer, history, asked);
    }

    /**
     * Returns whether a call that began at {@code asked} may show the role as it was before our last write. What IAM accepted from
     * us is there all the same.
     */
    boolean mayPredateOurWrite(Instant asked) {
        return history.roleWritten() && !trusts(Answer.REFUSAL, asked);
    }

    KnownRole known() {
        return known;
    }

    /** Changes what is known about the role, but not the history of its writes. */
    void update(UnaryOperator<KnownRole> change) {
        known = change.apply(known);
    }

    PolicyMemory policyMemory() {
        return policyMemory;
    }

    void remember(UnaryOperator<PolicyMemory> change) {
        policyMemory = change.apply(policyMemory);
    }

    /** Remembers that the role had reached this generation of the spec, if the status reports that. */
    void rememberReached(PreviousStatus previous, long generation) {
        if (previous.hasReachedSpec()) {
            remember(before -> before.reached(generation, previous.policyTemplates()));
        }
    }

    /** Returns the last trust policy of a frozen role that was found to need no reduction. */
    Optional<TrustReduction.Checked> reduction() {
        return reduction;
    }

    void reduction(TrustReduction.Checked checked) {
        reduction = Optional.of(checked);
    }

    /** Returns the versions of entitlements each of which allows everything that the role may have. */
    EntitlementMemory entitlements() {
        return entitlements;
    }

    void entitlements(EntitlementMemory memory) {
        entitlements = memory;
    }

    DeliveryState delivery() {
        return delivery;
    }

    /** Returns the name of the role; empty before the first reconcile that derived it. */
    Optional<String> roleName() {
        return roleName;
    }

    void roleName(String name) {
        roleName = Optional.of(name);
    }

    FinalizerState finalizer() {
        return finalizer;
    }

    void finalizer(FinalizerState state) {
        finalizer = state;
    }

    FailureCount failures() {
        return failures;
    }

    void failures(FailureCount count) {
        failures = count;
    }

    /** Records the role as it was read by a call that began at {@code asked}. */
    void read(RoleState state, Instant asked) {
        known = known.read(state, asked);
        request(RequestedRead.NONE);
        record(WriteHistory::shown);
    }

    /** Returns when the role is to be read once more; empty if it is not. */
    Optional<Duration> nextRead(Instant now) {
        return known.provisional() ? Optional.of(untrustedFor(Answer.CONTENT, now)) : Optional.empty();
    }

    /**
     * Marks the role as provisional if its last read may be stale, and this process does not know which entitlement allows what
     * the role has.
     */
    void doubtOldReads() {
        if (entitlements.equals(EntitlementMemory.NEW)
                && known.role().isPresent()
                && !trusts(Answer.CONTENT, known.lastRead())) {
            known = known.withProvisional(true);
        }
    }

    void created(DesiredRole desired, String id, Instant now) {
        read(ChangeEffect.created(desired, id), now);
        record(before -> before.written(now));
        finalizer = FinalizerState.USED;
    }

    /**
     * Records a change that IAM accepted.
     *
     * @param asked when the call began; time that the process was stopped since proves nothing
     */
    void written(RoleChange change, Instant asked, Instant now) {
        known = known.changed(change);
        policyMemory = policyMemory.accepted(change);
        record(before -> change instanceof RoleChange.DeleteRole ? before.deleted(asked, now) : before.written(now));
    }

    /** Offers what a sweep observed, and returns whether the resource has to be reconciled because of it. */
    synchronized boolean offer(SweepObservation observation) {
        if (requested == RequestedRead.ROUTINE) {
            requested = RequestedRead.NONE;
        }
        boolean accepted = known.differsFrom(observation) && isNewer(observation);
        if (accepted) {
            offered = Optional.of(observation);
        }
        return accepted;
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

    synchronized RequestedRead requested() {
        return requested;
    }

    /** Returns whether the first sweep is still to report the role, after which the resource is reconciled. */
    boolean awaitsSweep() {
        return known.empty() && requested() == RequestedRead.NONE;
    }

    /**
     * Accepts the observation that a sweep offered, if it is still newer than what is known.
     *
     * @param upToDate whether nothing was begun for the resource since it was last up to date. Then the observation may be
     *     older than the last write of an earlier process
     */
    void acceptOffer(boolean upToDate) {
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

    /** A sweep reports nothing about what we wrote shortly before it began, or read after that. */
    private boolean isNewer(SweepObservation observation) {
        return trusts(Answer.REFUSAL, observation.began())
                && observation.began().isAfter(known.lastRead());
    }
}
