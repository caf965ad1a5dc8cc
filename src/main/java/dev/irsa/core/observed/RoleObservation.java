package dev.irsa.core.observed;

import java.util.Optional;

/**
 * What is known about a role when a plan is made.
 *
 * @param shown the role as IAM showed it, or as it is known without asking; empty if it does not exist
 * @param trusted the state of it that can be trusted, which differs from what IAM shows shortly after a write
 * @param assumed whether IAM was not asked
 * @param unchanged whether the trusted state is the one that was remembered before
 */
public record RoleObservation(
        Optional<RoleState> shown, Optional<RoleState> trusted, boolean assumed, boolean unchanged) {
    /** IAM answered that the role does not exist. */
    public static final RoleObservation ABSENT = new RoleObservation(Optional.empty(), Optional.empty(), false, false);

    /** Nothing indicates that the role exists. */
    public static final RoleObservation ASSUMED_ABSENT =
            new RoleObservation(Optional.empty(), Optional.empty(), true, false);

    /** Returns the role with a known trust policy; empty if it does not exist. */
    public Optional<RoleState> current() {
        return withKnownTrust().or(() -> shown);
    }

    /** Returns whether IAM may still show an earlier trust policy than the role has. */
    public boolean mayHaveOlderTrust() {
        return shown.isPresent() && withKnownTrust().isEmpty();
    }

    private Optional<RoleState> withKnownTrust() {
        return trusted.filter(known -> known.role().isTrustKnown());
    }

    /** Returns the observation of a role that is known without asking IAM. */
    public static RoleObservation known(RoleState state) {
        return new RoleObservation(Optional.of(state), Optional.of(state), true, true);
    }

    /** Returns the observation of a role that IAM showed. */
    public static RoleObservation of(RoleState shown, Optional<RoleState> trusted) {
        return of(shown, trusted, Optional.empty());
    }

    /** Returns the observation of a role that IAM showed, and that was remembered like this before. */
    public static RoleObservation of(RoleState shown, Optional<RoleState> trusted, Optional<RoleState> remembered) {
        boolean unchanged = trusted.isPresent() && trusted.equals(remembered);
        return new RoleObservation(Optional.of(shown), trusted, false, unchanged);
    }
}
