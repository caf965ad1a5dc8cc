package dev.irsa.reconcile.memory;

import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.SweepObservation;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about a role, and on what evidence. Every method returns a new value.
 *
 * @param role empty if the role is unknown or known to be absent
 * @param lastRead when the last read began
 * @param caveats what limits the use of the state
 */
public record KnownRole(Optional<RoleState> role, Instant lastRead, Set<Caveat> caveats) {
    enum Caveat {
        /** Nothing has been read or written yet. */
        EMPTY,
        /** The state may predate a write that this process does not know of, so that it is read once more. */
        PROVISIONAL,
        /** The state comes from a sweep alone. Nothing is removed from a role on that evidence. */
        UNCONFIRMED,
        /** A sweep found drift on a role that was up to date, and the drift is not repaired yet. */
        DRIFTED
    }

    /** Nothing is known yet. */
    static final KnownRole NOTHING = new KnownRole(Optional.empty(), Instant.MIN, EnumSet.of(Caveat.EMPTY));

    public KnownRole {
        caveats = Set.copyOf(caveats);
    }

    /** Returns the policies of the role with this id; empty if they are unknown. */
    public Optional<ObservedPolicies> policies(String roleId) {
        return role.filter(state -> state.role().id().equals(roleId)).map(RoleState::policies);
    }

    /** Returns whether nothing has been read or written yet. */
    public boolean empty() {
        return caveats.contains(Caveat.EMPTY);
    }

    /** Returns whether the state is read once more, because it may predate a write that this process does not know of. */
    public boolean provisional() {
        return caveats.contains(Caveat.PROVISIONAL);
    }

    /** Returns whether the state comes from a sweep alone. Nothing is removed from a role on that evidence. */
    public boolean unconfirmed() {
        return caveats.contains(Caveat.UNCONFIRMED);
    }

    /** Returns whether a sweep found drift on a role that was up to date, and the drift is not repaired yet. */
    public boolean drifted() {
        return caveats.contains(Caveat.DRIFTED);
    }

    /** Returns whether the state may differ from what IAM has, although nothing was changed since. */
    public boolean isUncertain() {
        return provisional() || unconfirmed();
    }

    /** Adds the state that a call showed that began at {@code asked}. */
    KnownRole seen(RoleState state, Instant asked) {
        return new KnownRole(Optional.of(state), asked, without(Caveat.EMPTY, Caveat.UNCONFIRMED));
    }

    /** Replaces whether the state is provisional. */
    public KnownRole withProvisional(boolean now) {
        return new KnownRole(role, lastRead, now ? with(Caveat.PROVISIONAL) : without(Caveat.PROVISIONAL));
    }

    /** Adds a change that IAM accepted. */
    public KnownRole changed(RoleChange change) {
        return new KnownRole(role.flatMap(before -> ChangeEffect.of(change, before)), lastRead, caveats);
    }

    /** Drops the state. */
    public KnownRole dropped() {
        return new KnownRole(Optional.empty(), lastRead, without(Caveat.EMPTY, Caveat.PROVISIONAL));
    }

    /** Drops the state, so that the next sweep shows it again. A frozen role is not read for any other reason. */
    public KnownRole forgotten() {
        return new KnownRole(Optional.empty(), lastRead, dropped().with(Caveat.EMPTY));
    }

    /** Adds that the role is up to date. */
    public KnownRole confirmed() {
        return new KnownRole(role, lastRead, without(Caveat.UNCONFIRMED, Caveat.DRIFTED));
    }

    /** Adds that drift is repaired. */
    public KnownRole repaired() {
        return new KnownRole(role, lastRead, without(Caveat.DRIFTED));
    }

    /**
     * Replaces the state with what a sweep observed. It counts as drift of a role that was up to date, until a comparison with
     * the spec confirms the role.
     */
    KnownRole observed(SweepObservation observation, boolean upToDate) {
        KnownRole now = new KnownRole(
                observation.role(), observation.began(), provisional() ? EnumSet.of(Caveat.PROVISIONAL) : Set.of());
        return upToDate ? new KnownRole(now.role, now.lastRead, now.with(Caveat.UNCONFIRMED, Caveat.DRIFTED)) : now;
    }

    /** Returns whether the observation of a sweep shows something new. */
    boolean differsFrom(SweepObservation observation) {
        return empty() || (role.isPresent() && !role.equals(observation.role()));
    }

    private Set<Caveat> with(Caveat... more) {
        EnumSet<Caveat> all = EnumSet.noneOf(Caveat.class);
        all.addAll(caveats);
        all.addAll(Set.of(more));
        return all;
    }

    private Set<Caveat> without(Caveat... over) {
        EnumSet<Caveat> rest = EnumSet.noneOf(Caveat.class);
        rest.addAll(caveats);
        Set.of(over).forEach(rest::remove);
        return rest;
    }
}
