package dev.irsa.integration.e2e;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.Tag;

/** Changes roles as a user of the IAM console does. */
final class ConsoleUser {
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private ConsoleUser() {}

    /** Creates a role that is unrelated to the operator. */
    static RoleSnapshot createRole(TestEnvironment env, String name, String path, Map<String, String> tags) {
        env.iam()
                .createRole(request -> request.roleName(name)
                        .path(path)
                        .assumeRolePolicyDocument(TRUST)
                        .description("console user's")
                        .tags(tagList(tags)));
        env.iam()
                .attachRolePolicy(
                        request -> request.roleName(name).policyArn("arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess"));
        return RoleSnapshot.of(env, name);
    }

    /** Sets a tag and returns its previous value. */
    static String tag(TestEnvironment env, String role, String key, String value) {
        String before = env.tags(role).getOrDefault(key, "");
        tag(env, role, Map.of(key, value));
        return before;
    }

    /** Sets several tags in one call. */
    static void tag(TestEnvironment env, String role, Map<String, String> tags) {
        env.iam().tagRole(request -> request.roleName(role).tags(tagList(tags)));
    }

    private static List<Tag> tagList(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** Deletes a role with its policies. */
    static void deleteRole(TestEnvironment env, String name) {
        env.attached(name)
                .forEach(arn -> env.iam()
                        .detachRolePolicy(request -> request.roleName(name).policyArn(arn)));
        env.inline(name)
                .forEach(policy -> env.iam()
                        .deleteRolePolicy(request -> request.roleName(name).policyName(policy)));
        env.iam().deleteRole(request -> request.roleName(name));
    }
}
