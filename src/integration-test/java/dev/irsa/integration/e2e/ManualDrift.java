package dev.irsa.integration.e2e;

import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * A change of a console user to a role, and the event that reports its repair.
 *
 * @param name of the scene, and of the resource
 * @param byHand gets the world and the name of the role
 * @param told in the event's note
 */
record ManualDrift(String name, BiConsumer<World, String> byHand, List<String> told) {
    static final String MANAGED = "arn:aws:iam::aws:policy/";

    /** A role with everything that can be changed. */
    static final String SPEC = """
            {role: {description: reads invoices, maxSessionDurationSeconds: 7200, tags: {team: payments, stage: live},
                    permissionsBoundaryArn: 'arn:aws:iam::aws:policy/PowerUserAccess'},
             policies: {managed: [AmazonS3ReadOnlyAccess, AmazonSQSReadOnlyAccess], inline: [
              {name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}},
              {name: list, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:ListBucket', Resource: '*'}]}}]}}""";

    private static final String WIDE = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}""";

    @Override
    public String toString() {
        return name;
    }

    /** Several parts at once, and the role as a whole. The unit test of the repair has each part by itself. */
    static List<ManualDrift> all() {
        return List.of(
                repaired(
                        "much-at-once",
                        (world, role) -> {
                            trustEverybody(world, role);
                            detach(world, role);
                            attach(world, role, "AdministratorAccess");
                            put(world, role, "read", statement("Allow", "s3:*"));
                            tag(world, role, "stage", "test");
                            world.iam().deleteRolePermissionsBoundary(request -> request.roleName(role));
                            world.iam()
                                    .updateRole(request -> request.roleName(role)
                                            .description("reads invoices")
                                            .maxSessionDuration(43200));
                        },
                        "set the trust policy",
                        "attached policy",
                        "detached policy",
                        "put inline policy read",
                        "tagged role"),
                repaired("deleted", ConsoleUser::removeRole, "created role"));
    }

    static String statement(String effect, String action) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "%s", "Action": "%s", "Resource": "*"}]}""".formatted(effect, action);
    }

    static void attach(World world, String role, String policy) {
        world.iam().attachRolePolicy(request -> request.roleName(role).policyArn(MANAGED + policy));
    }

    static void put(World world, String role, String name, String document) {
        world.iam()
                .putRolePolicy(
                        request -> request.roleName(role).policyName(name).policyDocument(document));
    }

    static void tag(World world, String role, String key, String value) {
        world.iam()
                .tagRole(request -> request.roleName(role)
                        .tags(Tag.builder().key(key).value(value).build()));
    }

    private static void trustEverybody(World world, String role) {
        world.iam().updateAssumeRolePolicy(request -> request.roleName(role).policyDocument(WIDE));
    }

    private static void detach(World world, String role) {
        world.iam().detachRolePolicy(request -> request.roleName(role).policyArn(MANAGED + "AmazonS3ReadOnlyAccess"));
    }

    private static ManualDrift repaired(String name, BiConsumer<World, String> byHand, String... told) {
        return new ManualDrift(name, byHand, List.of(told));
    }
}
