package dev.irsa.reconcile.role;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
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
import dev.irsa.reconcile.memory.KnownRole;
import dev.irsa.reconcile.memory.RequestedRead;
import dev.irsa.reconcile.memory.ResourceMemoryStore;
import dev.irsa.reconcile.memory.RoleMemory;
import dev.irsa.reconcile.run.RolePrior;
import dev.irsa.reconcile.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Observes roles with as few IAM calls as possible. */
public record RoleObserver(
        RecentRoleWrites roles, RoleReader reader, ResourceMemoryStore memories, InstantSource clock) {
    /** Brings the cached state up to date with what sweeps observed. */
    public void refresh(DesiredRole desired, RolePrior prior, Run run) {
        boolean upToDate = prior == RolePrior.UP_TO_DATE;
        memories.assign(run.role(), desired.name(), upToDate, roles.lastWrite(desired.name()));
        run.role().acceptOffer(upToDate);
        if (isUpToDate(desired, run)) {
            run.role().update(KnownRole::confirmed);
        }
    }

    /**
     * Lets sweeps report a managed role although its resource cannot be reconciled, so that its status can describe it. A role
     * that the resource only names is not swept.
     */
    public void awaitSweeps(Run run, ClusterIdentity identity) {
        if (run.externalRole().isEmpty()) {
            String roleName = Desired.identity(
                            run.ref().namespace(),
                            run.ref().name(),
                            run.resource().getSpec(),
                            identity)
                    .name();
            memories.assign(run.role(), roleName, false, roles.lastWrite(roleName));
            leaveToSweep(run);
        }
    }

    /** Leaves a role that is to be read to the next sweep. A frozen role is not read for any other reason. */
    public void leaveToSweep(Run run) {
        if (run.role().known().role().isEmpty() || isReadAgain(run)) {
            run.role().update(KnownRole::forgotten);
        }
    }

    /** Returns whether a state is due to be read again because it may be stale. */
    private boolean isReadAgain(Run run) {
        return run.role().nextRead(clock.instant()).filter(Duration::isZero).isPresent();
    }

    /** Returns whether the role is known to match the spec, so that IAM need not be asked. */
    public boolean isUpToDate(DesiredRole desired, Run run) {
        return !isReadDue(run) && matching(desired, run).isPresent();
    }

    /** Returns the known state of the role if it matches the spec. */
    private static Optional<RoleState> matching(DesiredRole desired, Run run) {
        return run.role()
                .known()
                .role()
                .filter(known -> RolePlanner.update(desired, known).isEmpty());
    }

    /** While a write of the operator propagates, there is nothing new to read. */
    private boolean isReadDue(Run run) {
        return isReadAgain(run)
                || (run.role().requested() != RequestedRead.NONE && run.role().trusts(Answer.REFUSAL, clock.instant()));
    }

    /**
     * Observes the role. It is not read from IAM if it is known to be up to date. It is not read either if nothing indicates
     * that it exists, because creating it is then the cheapest way to find out.
     *
     * @param knownId the id of the role that is known to be the resource's; the empty string if none is
     * @return empty if AWS is unavailable, nothing is known of the role, and nothing is to be delivered: the next sweep requeues it
     * @throws FailureException if the role belongs to another owner, or IAM's answer cannot be trusted yet
     */
    public Optional<RoleObservation> observe(DeliveryPlan delivery, String knownId, RolePrior prior, Run run) {
        DesiredRole desired = delivery.desired().role();
        if (isUpToDate(desired, run)) {
            return run.role().known().role().map(RoleObservation::known);
        }
        boolean assumedAbsent = run.role().known().role().isEmpty()
                && prior == RolePrior.NEW
                && !run.role().history().isNameTaken()
                && desired.origin() != RoleOrigin.ADOPTED
                && !ResponderRoom.isUsedBy(desired);
        if (assumedAbsent) {
            return Optional.of(RoleObservation.ASSUMED_ABSENT);
        }
        boolean mayWait =
                prior == RolePrior.UP_TO_DATE && run.role().requested() == RequestedRead.ROUTINE && !isReadAgain(run);
        try {
            return Optional.of(read(desired, knownId, prior, run));
        } catch (FailureException e) {
            if (mayWait && isUnavailable(e.failure())) {
                return withoutRead(delivery, run, e);
            }
            throw e;
        }
    }

    /**
     * Returns what is known of a role whose read waits. Nothing else waits with it: a ServiceAccount may have to be created.
     *
     * @param failure of the read, thrown unless the role is known to match the spec or the whole reconcile may wait
     */
    private static Optional<RoleObservation> withoutRead(DeliveryPlan delivery, Run run, FailureException failure) {
        Optional<RoleState> known = matching(delivery.desired().role(), run);
        boolean waitsForSweep = run.role().known().empty() && delivery.steps().isEmpty();
        if (known.isEmpty() && !waitsForSweep) {
            throw failure;
        }
        return known.map(RoleObservation::known);
    }

    private static boolean isUnavailable(Failure failure) {
        return switch (failure.reason()) {
            case AwsUnavailable, CredentialsUnavailable, Throttled -> true;
            default -> false;
        };
    }

    private RoleObservation read(DesiredRole desired, String knownId, RolePrior prior, Run run) {
        Instant asked = clock.instant();
        Optional<RoleState> remembered = run.role().known().role();
        Optional<ObservedRole> shown =
                prior == RolePrior.EXISTS_UNSEEN ? Optional.empty() : reader.role(desired.name(), run);
        if (shown.isEmpty()) {
            AbsenceCheck.require(desired, prior, run, asked);
            // The process before this one may have created the role. Only a resource that may be changed is reconciled
            // again.
            boolean mayBeShownLater = !run.mayWrite() && !run.role().trusts(Answer.CONTENT, asked);
            run.role().update(mayBeShownLater ? KnownRole::forgotten : KnownRole::dropped);
            return RoleObservation.ABSENT;
        }
        ObservedRole role = shown.get();
        run.role().record(WriteHistory::present);
        requireNotReplaced(role, run, asked);
        requireOurs(desired, role, run);
        // A provisional state may lack policies that have to be removed before others are added.
        Optional<ObservedPolicies> known = isReadDue(run) || run.role().known().provisional()
                ? Optional.empty()
                : reader.known(desired, role, run);
        ObservedPolicies policies =
                known.isPresent() ? reader.refreshed(desired, known.get(), run) : reader.policies(desired.name(), run);
        RoleState seen = new RoleState(role, policies);
        keep(desired, seen, knownId, run, asked);
        return RoleObservation.of(seen, run.role().known().role(), remembered);
    }

    /** Keeps what can be trusted of the role that was read. */
    private static void keep(DesiredRole desired, RoleState seen, String knownId, Run run, Instant asked) {
        RoleMemory memory = run.role();
        boolean trusted = memory.trusts(Answer.CONTENT, asked);
        boolean another = !knownId.isEmpty() && !knownId.equals(seen.role().id());
        boolean provisional = !trusted && (another || isUnproven(memory.known()));
        if (provisional && RoleOwnershipCheck.isOursOrPredecessors(desired, seen.role())) {
            memory.seen(withoutWhatMayBeOver(desired, seen), asked);
        } else if (memory.mayPredateOurWrite(asked)) {
            memory.seen(memory.known().role().orElse(seen), asked);
        } else {
            memory.seen(seen, asked);
        }
        memory.update(before -> before.withProvisional(provisional || (before.provisional() && !trusted)));
    }

    /** Returns whether this process has not read or written the trust policy of the role with certainty. */
    private static boolean isUnproven(KnownRole known) {
        return known.unconfirmed()
                || known.role().filter(state -> state.role().isTrustKnown()).isEmpty();
    }

    /**
     * Returns the state of a role that may be the previous one of that name, or this one before its last change, with policies
     * that no longer exist. So the trust policy and the policies are written again before any policy is removed.
     */
    private static RoleState withoutWhatMayBeOver(DesiredRole desired, RoleState seen) {
        return new RoleState(seen.role().withUnknownTrust(), DenyPolicies.onlyForeign(desired, seen.policies()));
    }

    private static void requireNotReplaced(ObservedRole role, Run run, Instant asked) {
        boolean another = run.role()
                .known()
                .role()
                .filter(known -> !known.role().id().equals(role.id()))
                .isPresent();
        if (another && !run.role().trusts(Answer.REFUSAL, asked)) {
            throw FailureException.reconciling(
                    "IAM still returns the previous role " + role.name() + "; no action needed");
        }
    }

    private static void requireOurs(DesiredRole desired, ObservedRole role, Run run) {
        Optional<Failure> conflict = RoleOwnershipCheck.conflict(desired, role);
        if (conflict.isPresent()) {
            run.role().update(KnownRole::dropped);
            throw new FailureException(conflict.get());
        }
    }
}
