package dev.irsa.integration.e2e;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that a client can change in a role. */
record RoleSnapshot(
        String id,
        String path,
        String trust,
        String description,
        Map<String, String> tags,
        List<String> attached,
        Set<String> inline) {
    static RoleSnapshot of(TestEnvironment env, String name) {
        var role = env.role(name);
        return new RoleSnapshot(
                role.roleId(),
                role.path(),
                role.assumeRolePolicyDocument(),
                String.valueOf(role.description()),
                env.tags(name),
                env.attached(name),
                env.inline(name));
    }
}
