package dev.irsa.reconcile.authorization;

import dev.irsa.port.ResourceRef;
import java.util.Map;
import java.util.Optional;

/**
 * The decision of the quota on one resource.
 *
 * @param role the name of the role that takes up one of the allowed ones; empty if it needs none, or uses a role of others
 * @param by the entitlement that allows it; empty if it was denied
 * @param waitsFor how many roles each entitlement allows that would allow it if fewer roles preceded it
 * @param claimed whether it was allowed beyond a quota because of the role in its status alone
 */
record RoleAllocation(
        ResourceRef resource,
        Optional<String> role,
        Optional<String> by,
        Map<String, Integer> waitsFor,
        boolean claimed) {
    static RoleAllocation denied(ResourceRef resource) {
        return notAllowed(resource, Optional.empty(), Map.of());
    }

    static RoleAllocation notAllowed(ResourceRef resource, Optional<String> role, Map<String, Integer> waitsFor) {
        return new RoleAllocation(resource, role, Optional.empty(), waitsFor, false);
    }

    /** Returns whether the resource has a place, which it keeps because it may have got its role meanwhile. */
    boolean holdsPlace() {
        return role.isPresent() && by.isPresent();
    }

    /** Returns whether the resource is in this namespace and waits. */
    boolean waitsIn(String namespace) {
        return !waitsFor.isEmpty() && resource.namespace().equals(namespace);
    }
}
