package dev.irsa.reconcile.authorization;

import dev.irsa.core.entitlement.EntitlementVersion;
import java.util.Set;

/**
 * Which versions of entitlements allow what a resource asks for.
 *
 * @param by the one that decides
 * @param allowing all of them
 */
public record Grant(EntitlementVersion by, Set<EntitlementVersion> allowing) {
    public Grant {
        allowing = Set.copyOf(allowing);
    }
}
