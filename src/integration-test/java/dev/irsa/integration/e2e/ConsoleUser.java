package dev.irsa.integration.e2e;

import java.util.Map;
import software.amazon.awssdk.services.iam.model.Tag;

/** Changes roles as a user of the IAM console does. */
final class ConsoleUser {
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private ConsoleUser() {}

    /** Makes a role for a purpose of their own. */
    static RoleSnapshot makeRole(World world, String name, String path, Map<String, String> tags) {
        world.iam()
                .createRole(request -> request.roleName(name)
                        .path(path)
                        .assumeRolePolicyDocument(TRUST)
                        .description("somebody's")
                        .tags(tags.entrySet().stream()
                                .map(entry -> tag(entry.getKey(), entry.getValue()))
                                .toList()));
        world.iam()
                .attachRolePolicy(
                        request -> request.roleName(name).policyArn("arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess"));
        return RoleSnapshot.of(world, name);
    }

    /** Sets a tag; answers what it was. */
    static String tag(World world, String role, String key, String value) {
        String before = world.tags(role).getOrDefault(key, "");
        world.iam().tagRole(request -> request.roleName(role).tags(tag(key, value)));
        return before;
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    /** Removes a role with all that is on it. */
    static void removeRole(World world, String name) {
        world.attached(name)
                .forEach(arn -> world.iam()
                        .detachRolePolicy(request -> request.roleName(name).policyArn(arn)));
        world.inline(name)
                .forEach(policy -> world.iam()
                        .deleteRolePolicy(request -> request.roleName(name).policyName(policy)));
        world.iam().deleteRole(request -> request.roleName(name));
    }
}
