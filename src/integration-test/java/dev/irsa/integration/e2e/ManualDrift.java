package dev.irsa.integration.e2e;

import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * A change of a console user to a role, and the event that reports its repair.
 *
 * @param name of the test case and of the resource
 * @param change changes the role with this name
 * @param reported parts of the event's note
 */
record ManualDrift(String name, BiConsumer<TestEnvironment, String> change, List<String> reported) {
    static final String MANAGED = "arn:aws:iam::aws:policy/";

    /** A role with everything that a user can change. */
    static final String SPEC = """
            {role: {description: reads invoices, maxSessionDurationSeconds: 7200, tags: {team: payments, stage: live},
                    permissionsBoundaryARN: 'arn:aws:iam::aws:policy/PowerUserAccess'},
             policies: {managed: [AmazonS3ReadOnlyAccess, AmazonSQSReadOnlyAccess], inline: [
              {name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}},
              {name: list, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:ListBucket', Resource: '*'}]}}]}}""";

    private static final String WIDE = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}""";

    @Override
    public String toString() {
        return name;
    }

    /** Changes several parts at once, and deletes a role. The unit test of the repair covers each part alone. */
    static List<ManualDrift> all() {
        return List.of(
                repaired(
                        "much-at-once",
                        (env, role) -> {
                            trustEveryone(env, role);
                            detach(env, role);
                            attach(env, role, "AdministratorAccess");
                            put(env, role, "read", statement("Allow", "s3:*"));
                            tag(env, role, "stage", "test");
                            env.iam().deleteRolePermissionsBoundary(request -> request.roleName(role));
                            env.iam()
                                    .updateRole(request -> request.roleName(role)
                                            .description("reads invoices")
                                            .maxSessionDuration(43200));
                        },
                        "set the trust policy",
                        "attached policy",
                        "detached policy",
                        "put inline policy read",
                        "tagged role"),
                repaired("deleted", ConsoleUser::deleteRole, "created role"));
    }

    static String statement(String effect, String action) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "%s", "Action": "%s", "Resource": "*"}]}""".formatted(effect, action);
    }

    static void attach(TestEnvironment env, String role, String policy) {
        env.iam().attachRolePolicy(request -> request.roleName(role).policyArn(MANAGED + policy));
    }

    static void put(TestEnvironment env, String role, String name, String document) {
        env.iam()
                .putRolePolicy(
                        request -> request.roleName(role).policyName(name).policyDocument(document));
    }

    static void tag(TestEnvironment env, String role, String key, String value) {
        env.iam()
                .tagRole(request -> request.roleName(role)
                        .tags(Tag.builder().key(key).value(value).build()));
    }

    private static void trustEveryone(TestEnvironment env, String role) {
        env.iam().updateAssumeRolePolicy(request -> request.roleName(role).policyDocument(WIDE));
    }

    private static void detach(TestEnvironment env, String role) {
        env.iam().detachRolePolicy(request -> request.roleName(role).policyArn(MANAGED + "AmazonS3ReadOnlyAccess"));
    }

    private static ManualDrift repaired(String name, BiConsumer<TestEnvironment, String> change, String... reported) {
        return new ManualDrift(name, change, List.of(reported));
    }
}
