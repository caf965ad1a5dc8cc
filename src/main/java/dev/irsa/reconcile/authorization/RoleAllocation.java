package dev.irsa.reconcile.authorization;

import dev.irsa.port.ResourceRef;
import java.util.Optional;
import java.util.Set;

/**
 * The decision of the quota on one resource.
 *
 * @param by the entitlement that allows it; empty if it was denied
 * @param waitsFor the entitlements that would allow it if fewer roles preceded it
 * @param counts whether it takes up one of the allowed roles; a role of others does not
 * @param claimed whether it was allowed beyond a quota because of the role in its status alone
 */
record RoleAllocation(
        ResourceRef resource, Optional<String> by, Set<String> waitsFor, boolean counts, boolean claimed) {
    static RoleAllocation denied(ResourceRef resource, Set<String> waitsFor) {
        return new RoleAllocation(resource, Optional.empty(), waitsFor, true, false);
    }

    /** Returns whether the resource has a place, which it keeps because it may have got its role meanwhile. */
    boolean holdsPlace() {
        return counts && by.isPresent();
    }
}
