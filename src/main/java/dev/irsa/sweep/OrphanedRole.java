package dev.irsa.sweep;

/**
 * A role of this cluster whose resource no longer exists.
 *
 * @param roleName the name of the role
 * @param roleId {@code AROA…}
 * @param namespace the namespace of the resource that the tags name
 * @param resource the name of that resource
 */
record OrphanedRole(String roleName, String roleId, String namespace, String resource) {
    @Override
    public String toString() {
        return roleName + " (of " + namespace + "/" + resource + ")";
    }
}
