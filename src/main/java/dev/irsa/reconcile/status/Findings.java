package dev.irsa.reconcile.status;

import dev.irsa.core.delivery.Availability;
import java.util.List;
import java.util.Optional;

/**
 * What is found about the role of a resource after a reconcile, whatever its result. Each part is empty if it is as before, as far
 * as is known.
 *
 * @param availability whether pods can get credentials of the role
 * @param missingRequirements what an entitlement requires of the role and the role does not have
 */
public record Findings(Optional<Availability> availability, Optional<List<String>> missingRequirements) {
    /** Everything is as before. */
    public static final Findings UNCHANGED = new Findings(Optional.empty(), Optional.empty());
}
