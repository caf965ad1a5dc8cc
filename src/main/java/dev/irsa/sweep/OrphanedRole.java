package dev.irsa.sweep;

/**
 * A role of ours whose resource is no longer there.
 *
 * @param roleName its name
 * @param roleId {@code AROA…}
 * @param namespace of the resource that its tags name
 * @param resource the name of that resource
 */
record OrphanedRole(String roleName, String roleId, String namespace, String resource) {
    @Override
    public String toString() {
        return roleName + " (of " + namespace + "/" + resource + ")";
    }
}
