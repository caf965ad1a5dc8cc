package dev.irsa.reconcile.role;

import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.plan.RoleDeletionDecision;
import dev.irsa.port.RoleReads.CreatedRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a deletion found under the name of its role, before it withdraws anything.
 *
 * @param found empty if IAM returns no role
 * @param asked when the call began: an answer counts from then, however long this process was stopped since
 */
public record RoleInspection(Optional<Found> found, Instant asked) {
    /**
     * A role.
     *
     * @param role the role
     * @param policies its policies; none if the role is neither deleted nor released
     * @param decision what happens to it
     */
    record Found(CreatedRole role, ObservedPolicies policies, RoleDeletionDecision decision) {}

    /** Returns whether the role may have changed since, so that it is inspected again before it is changed. */
    boolean isOutdated(Duration window, Instant now) {
        return asked.plus(window).isBefore(now);
    }
}
