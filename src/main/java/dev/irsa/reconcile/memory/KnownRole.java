package dev.irsa.reconcile.memory;

import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.SweepObservation;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known about a role, and on what evidence. Every method returns a new value.
 *
 * @param role empty if the role is unknown or known to be absent
 * @param lastRead when the last read began
 * @param empty whether nothing has been read or written yet
 * @param provisional whether the state may predate a write that this process does not know of, so that it is read once more
 * @param unconfirmed whether the state comes from a sweep alone. Nothing is removed from a role on that evidence
 * @param drifted whether a sweep found drift on a role that was up to date, and the drift is not repaired yet
 */
public record KnownRole(
        Optional<RoleState> role,
        Instant lastRead,
        boolean empty,
        boolean provisional,
        boolean unconfirmed,
        boolean drifted) {
    /** Nothing is known yet. */
    static final KnownRole NOTHING = new KnownRole(Optional.empty(), Instant.MIN, true, false, false, false);

    /** Returns the policies of the role with this id; empty if they are unknown. */
    public Optional<ObservedPolicies> policies(String roleId) {
        return role.filter(state -> state.role().id().equals(roleId)).map(RoleState::policies);
    }

    /** Adds the state that a call read that began at {@code asked}. */
    KnownRole read(RoleState state, Instant asked) {
        return new KnownRole(Optional.of(state), asked, false, provisional, false, drifted);
    }

    /** Replaces whether the state is provisional. */
    public KnownRole withProvisional(boolean now) {
        return new KnownRole(role, lastRead, empty, now, unconfirmed, drifted);
    }

    /** Returns whether the state may differ from what IAM has, although nothing was changed since. */
    public boolean isUncertain() {
        return provisional || unconfirmed;
    }

    /** Adds a change that IAM accepted. */
    public KnownRole changed(RoleChange change) {
        Optional<RoleState> after = role.flatMap(before -> ChangeEffect.of(change, before));
        return new KnownRole(after, lastRead, empty, provisional, unconfirmed, drifted);
    }

    /** Drops the state. */
    public KnownRole dropped() {
        return new KnownRole(Optional.empty(), lastRead, false, false, unconfirmed, drifted);
    }

    /** Drops the state, so that the next sweep shows it again. A frozen role is not read for any other reason. */
    public KnownRole forgotten() {
        return new KnownRole(Optional.empty(), lastRead, true, false, unconfirmed, drifted);
    }

    /** Adds that the role is up to date. */
    public KnownRole confirmed() {
        return new KnownRole(role, lastRead, empty, provisional, false, false);
    }

    /**
     * Replaces the state with what a sweep observed.
     *
     * @param upToDate whether the role was up to date before, so that a difference is drift
     */
    KnownRole observed(SweepObservation observation, boolean upToDate) {
        return new KnownRole(observation.role(), observation.began(), false, provisional, upToDate, upToDate);
    }

    /** Returns whether the observation of a sweep shows something new. */
    boolean differsFrom(SweepObservation observation) {
        return empty || (role.isPresent() && !role.equals(observation.role()));
    }
}
