package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Tag;

/** What becomes of role and ServiceAccount when the resource goes. */
class DeletionIT extends OperatorTestBase {
    private static final String POLICIES = """
            policies: {managed: [AmazonS3ReadOnlyAccess], inline: [
              {name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}""";
    private static final String FOREIGN = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess";

    @Test
    void deletesRoleAndServiceAccount() {
        Subject subject = ready("");
        subject.delete();
        assertNothingIsLeft(subject);
    }

    @Test
    void retainKeepsTheRoleWithoutTheTagsThatMakeItOursAndWithoutAPointerToIt() {
        Subject subject = ready("deletionPolicy: Retain, role: {tags: {team: payments}}, ");
        world.iam().tagRole(request -> request.roleName(subject.roleName()).tags(tag("owner", "finance")));
        String id = world.role(subject.roleName()).roleId();
        subject.delete();
        assertThat(world.role(subject.roleName()).roleId()).isEqualTo(id);
        assertThat(world.attached(subject.roleName()))
                .containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(world.inline(subject.roleName())).containsExactly("read");
        Map<String, String> tags = world.tags(subject.roleName());
        assertThat(tags.keySet())
                .containsExactlyInAnyOrder("team", "owner", "irsa.dev/adoptable-by", "irsa.dev/user-tags");
        assertThat(tags)
                .containsEntry("irsa.dev/adoptable-by", "prod/" + subject.namespace() + "/" + subject.name())
                .containsEntry("team", "payments")
                .containsEntry("owner", "finance");
        subject.awaitEvent("RoleRetained", subject.roleName());
        World.await().until(() -> !subject.accountExists());
    }

    @Test
    void policiesThatOthersPutOnTheRoleGoWithItAndAreNamed() {
        Subject subject = ready("");
        String role = subject.roleName();
        world.iam().attachRolePolicy(request -> request.roleName(role).policyArn(FOREIGN));
        world.iam()
                .putRolePolicy(
                        request -> request.roleName(role).policyName("byhand").policyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}"""));
        subject.delete();
        subject.awaitEvent("RoleLeftovers", FOREIGN, "byhand");
        assertNothingIsLeft(subject);
    }

    @Test
    void aRoleThatIsGoneAlreadyIsNoHindrance() {
        Subject subject = Subject.in(world).apply("{}").awaitReady();
        world.iam().deleteRole(request -> request.roleName(subject.roleName()));
        world.proxy().calls().clear();
        subject.delete();
        assertThat(subject.calls())
                .as("one 404 proves nothing")
                .hasSizeGreaterThanOrEqualTo(2)
                .containsOnly("GetRole");
        assertNothingIsLeft(subject);
    }

    @Test
    void aNamespaceTakesAllOfItsRolesAlong() {
        Subject subject = ready("");
        Subject second = subject.named("second").apply("{}").awaitReady();
        subject.kubectl("create", "serviceaccount", "third");
        Subject third = subject.named("third").apply("{}").awaitReady();
        world.kubectl()
                .run("delete", "namespace", subject.namespace(), "--timeout=60s")
                .orThrow();
        assertThat(List.of(subject.roleExists(), second.roleExists(), third.roleExists()))
                .containsOnly(false);
    }

    private Subject ready(String spec) {
        return Subject.in(world).apply("{" + spec + POLICIES + "}").awaitReady();
    }

    private static void assertNothingIsLeft(Subject subject) {
        assertThat(subject.exists()).isFalse();
        assertThat(subject.roleExists()).isFalse();
        World.await().until(() -> !subject.accountExists());
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
