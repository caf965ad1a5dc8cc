package dev.irsa.sweep;

import dev.irsa.port.NamespacedName;

/**
 * A role of this cluster whose resource no longer exists, or asks for another role.
 *
 * @param roleName the name of the role
 * @param roleId {@code AROA…}
 * @param resource the resource that its tags name
 */
record OrphanedRole(String roleName, String roleId, NamespacedName resource) {
    @Override
    public String toString() {
        return roleName + " (of " + resource + ")";
    }
}
