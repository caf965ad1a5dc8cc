package dev.irsa.integration.e2e;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything of a role that a client can change. */
record RoleSnapshot(
        String id,
        String path,
        String trust,
        String description,
        Map<String, String> tags,
        List<String> attached,
        Set<String> inline) {
    static RoleSnapshot of(World world, String name) {
        var role = world.role(name);
        return new RoleSnapshot(
                role.roleId(),
                role.path(),
                role.assumeRolePolicyDocument(),
                String.valueOf(role.description()),
                world.tags(name),
                world.attached(name),
                world.inline(name));
    }
}
