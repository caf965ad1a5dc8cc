package dev.irsa.fake;

/** Finds the role that a write is about, as IAM does: rights first, by what it sees of the role, then existence. */
final class Targets {
    private Targets() {}

    static RoleRecord find(String action, String name, Roles roles, Rights rights) {
        NameRules.roleName(name);
        var seen = roles.see(name);
        rights.checkWrite(action, name, seen);
        if (seen.isEmpty()) {
            throw IamErrors.noSuchRole(name);
        }
        // What it sees may be old and decides who may write; what it writes to is the truth.
        var role = roles.current(name).orElseThrow(() -> IamErrors.noSuchRole(name));
        if (isProtected(role.path())) {
            throw IamErrors.protectedRole(role.name());
        }
        return role;
    }

    /** Roles under these paths belong to AWS. */
    static boolean isProtected(String path) {
        return path.startsWith("/aws-service-role/") || path.startsWith("/aws-reserved/");
    }
}
