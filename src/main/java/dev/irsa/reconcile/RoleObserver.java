package dev.irsa.reconcile;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.DenyPolicies;
import dev.irsa.core.plan.ResponderRoom;
import dev.irsa.core.plan.RoleOwnershipCheck;
import dev.irsa.core.plan.RolePlanner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Observes roles with as few IAM calls as possible. */
final class RoleObserver {
    private final RecentRoleWrites roles;
    private final RoleReader reader;
    private final ResourceStateStore states;
    private final InstantSource clock;

    RoleObserver(RecentRoleWrites roles, RoleReader reader, ResourceStateStore states, InstantSource clock) {
        this.roles = roles;
        this.reader = reader;
        this.states = states;
        this.clock = clock;
    }

    /** Brings the cached state up to date with what sweeps observed. */
    void refresh(DesiredRole desired, RolePrior prior, ResourceState state) {
        boolean upToDate = prior == RolePrior.UP_TO_DATE;
        states.assign(state, desired.name(), upToDate, roles.lastWrite(desired.name()));
        state.acceptOffer(upToDate);
        if (isUpToDate(desired, state)) {
            state.update(KnownRole::confirmed);
        }
    }

    /** Leaves a role that is to be read to the next sweep. A frozen role is not read for any other reason. */
    void leaveToSweep(ResourceState state) {
        if (state.known().role().isEmpty() || isReadAgain(state)) {
            state.update(KnownRole::forgotten);
        }
    }

    /** Returns whether a state is due to be read again because it may be stale. */
    private boolean isReadAgain(ResourceState state) {
        return state.nextRead(clock.instant()).filter(Duration::isZero).isPresent();
    }

    /** Returns whether the role is known to match the spec, so that IAM need not be asked. */
    boolean isUpToDate(DesiredRole desired, ResourceState state) {
        return !isReadDue(state)
                && state.known()
                        .role()
                        .map(known -> RolePlanner.update(desired, known).isEmpty())
                        .orElse(false);
    }

    /** While a write of the operator propagates, there is nothing new to read. */
    private boolean isReadDue(ResourceState state) {
        return isReadAgain(state)
                || (state.requested() != RequestedRead.NONE && state.trusts(Answer.REFUSAL, clock.instant()));
    }

    /**
     * Observes the role. It is not read from IAM if it is known to be up to date. It is not read either if nothing indicates
     * that it exists, because creating it is then the cheapest way to find out.
     *
     * @param knownId the id of the role that is known to be the resource's; the empty string if none is
     * @return empty if AWS is unavailable and the read may wait, because it was a routine read
     * @throws FailureException if the role belongs to another owner, or IAM's answer cannot be trusted yet
     */
    Optional<RoleObservation> observe(DesiredRole desired, String knownId, RolePrior prior, ResourceState state) {
        if (isUpToDate(desired, state)) {
            return state.known().role().map(RoleObservation::known);
        }
        boolean assumedAbsent = state.known().role().isEmpty()
                && prior == RolePrior.NEW
                && !state.history().isNameTaken()
                && desired.origin() != RoleOrigin.ADOPTED
                && !ResponderRoom.isUsedBy(desired);
        if (assumedAbsent) {
            return Optional.of(RoleObservation.ASSUMED_ABSENT);
        }
        boolean mayWait = prior == RolePrior.UP_TO_DATE && state.requested() == RequestedRead.ROUTINE;
        try {
            return Optional.of(read(desired, knownId, prior, state));
        } catch (FailureException e) {
            if (mayWait && isUnavailable(e.failure())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isUnavailable(Failure failure) {
        return switch (failure.reason()) {
            case AwsUnavailable, CredentialsUnavailable, Throttled -> true;
            default -> false;
        };
    }

    private RoleObservation read(DesiredRole desired, String knownId, RolePrior prior, ResourceState state) {
        Instant asked = clock.instant();
        Optional<ObservedRole> shown =
                prior == RolePrior.EXISTS_UNSEEN ? Optional.empty() : reader.role(desired.name(), state);
        if (shown.isEmpty()) {
            AbsenceCheck.require(desired, prior, state, asked);
            state.update(KnownRole::dropped);
            return RoleObservation.ABSENT;
        }
        ObservedRole role = shown.get();
        state.record(WriteHistory::present);
        requireNotReplaced(role, state, asked);
        requireOurs(desired, role, state);
        // A provisional state may lack policies that have to be removed before others are added.
        Optional<ObservedPolicies> known =
                isReadDue(state) || state.known().provisional() ? Optional.empty() : reader.known(desired, role, state);
        ObservedPolicies policies = known.isPresent()
                ? reader.refreshed(desired, known.get(), state)
                : reader.policies(desired.name(), state);
        RoleState seen = new RoleState(role, policies);
        keep(desired, seen, knownId, state, asked);
        return RoleObservation.of(seen, state.known().role());
    }

    /** Keeps what can be trusted of the role that was read. */
    private void keep(DesiredRole desired, RoleState seen, String knownId, ResourceState state, Instant asked) {
        boolean uncertain = state.known().unconfirmed()
                || state.known()
                        .role()
                        .filter(known -> known.role().isTrustKnown())
                        .isEmpty();
        boolean another = !knownId.isEmpty() && !knownId.equals(seen.role().id());
        boolean trusted = state.trusts(Answer.CONTENT, asked);
        boolean provisional = !trusted && (uncertain || another);
        if (provisional && RoleOwnershipCheck.isOursOrPredecessors(desired, seen.role())) {
            // It may be the previous role of that name, or this one before its last change, with policies that no
            // longer exist.
            // Trust policy and policies are written again before any policy is removed.
            state.read(
                    new RoleState(seen.role().withUnknownTrust(), DenyPolicies.onlyForeign(desired, seen.policies())),
                    asked);
        } else {
            boolean older = state.mayPredateOurWrite(asked);
            state.read(older ? state.known().role().orElse(seen) : seen, asked);
        }
        state.update(before -> before.withProvisional(provisional || (before.provisional() && !trusted)));
    }

    private static void requireNotReplaced(ObservedRole role, ResourceState state, Instant asked) {
        boolean another = state.known()
                .role()
                .filter(known -> !known.role().id().equals(role.id()))
                .isPresent();
        if (another && !state.trusts(Answer.REFUSAL, asked)) {
            throw FailureException.reconciling(
                    "IAM still returns the previous role " + role.name() + "; no action needed");
        }
    }

    private static void requireOurs(DesiredRole desired, ObservedRole role, ResourceState state) {
        Optional<Failure> conflict = RoleOwnershipCheck.conflict(desired, role);
        if (conflict.isPresent()) {
            state.update(KnownRole::dropped);
            throw new FailureException(conflict.get());
        }
    }
}
