package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests what happens to role and ServiceAccount when the resource is deleted. */
class DeletionIT extends OperatorTestBase {
    private static final String POLICIES = """
            policies: {managed: [AmazonS3ReadOnlyAccess], inline: [
              {name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}""";
    private static final String FOREIGN = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess";

    @Test
    void deletesRoleAndServiceAccount() {
        Subject subject = ready("");
        subject.delete();
        subject.assertAllDeleted();
    }

    @Test
    void retainKeepsRoleWithoutOwnershipTagsOrAnnotation() {
        Subject subject = ready("deletionPolicy: Retain, role: {tags: {team: payments}}, ");
        ConsoleUser.tag(env, subject.roleName(), Map.of("owner", "finance"));
        String id = env.role(subject.roleName()).roleId();
        subject.delete();
        assertThat(env.role(subject.roleName()).roleId()).isEqualTo(id);
        assertThat(env.attached(subject.roleName())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(env.inline(subject.roleName())).containsExactly("read");
        Map<String, String> tags = env.tags(subject.roleName());
        assertThat(tags.keySet())
                .containsExactlyInAnyOrder(
                        "team", "owner", "irsa.dev/adoptable-by", "irsa.dev/adopted", "irsa.dev/user-tags");
        assertThat(tags)
                .containsEntry("irsa.dev/adoptable-by", "prod/" + subject.namespace() + "/" + subject.name())
                .containsEntry("irsa.dev/adopted", "false")
                .containsEntry("team", "payments")
                .containsEntry("owner", "finance");
        subject.awaitEvent("RoleRetained", subject.roleName());
        TestEnvironment.await().until(() -> !subject.accountExists());
    }

    @Test
    void deletesForeignPoliciesWithRoleAndReportsThem() {
        Subject subject = ready("");
        String role = subject.roleName();
        env.iam().attachRolePolicy(request -> request.roleName(role).policyArn(FOREIGN));
        env.iam()
                .putRolePolicy(
                        request -> request.roleName(role).policyName("byhand").policyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}"""));
        subject.delete();
        subject.awaitEvent("RoleLeftovers", FOREIGN, "byhand");
        subject.assertAllDeleted();
    }

    @Test
    void completesWhenRoleIsAlreadyDeleted() {
        Subject subject = Subject.in(env).apply("{}").awaitReady();
        env.iam().deleteRole(request -> request.roleName(subject.roleName()));
        env.proxy().calls().clear();
        subject.delete();
        assertThat(subject.calls())
                .as("one NoSuchEntity may be a stale read")
                .hasSizeGreaterThanOrEqualTo(2)
                .containsOnly("GetRole");
        subject.assertAllDeleted();
    }

    @Test
    void deletesRolesWithNamespace() {
        Subject subject = ready("");
        Subject second = subject.named("second").apply("{}").awaitReady();
        subject.kubectl("create", "serviceaccount", "third");
        Subject third = subject.named("third").apply("{}").awaitReady();
        env.kubectl()
                .run("delete", "namespace", subject.namespace(), "--timeout=60s")
                .orThrow();
        assertThat(List.of(subject.roleExists(), second.roleExists(), third.roleExists()))
                .containsOnly(false);
    }

    private Subject ready(String spec) {
        return Subject.in(env).apply("{" + spec + POLICIES + "}").awaitReady();
    }
}
