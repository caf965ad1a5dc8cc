package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Tag;

/** What holds a deletion up, and how it goes on. */
class BlockedDeletionIT extends OperatorTestBase {
    private static final String POLICIES = """
            policies: {managed: [AmazonS3ReadOnlyAccess], inline: [
              {name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}""";

    @Test
    void aRoleInAnInstanceProfileBlocksTheDeletionUntilItIsTakenOut() {
        Subject subject = ready("");
        String role = subject.roleName();
        String profile = "profile-" + subject.namespace();
        world.iam().createInstanceProfile(request -> request.instanceProfileName(profile));
        world.iam()
                .addRoleToInstanceProfile(
                        request -> request.instanceProfileName(profile).roleName(role));

        subject.beginDeletion();
        assertThat(subject.awaitReason("DeletionBlocked"))
                .contains(
                        role,
                        profile,
                        "aws iam remove-role-from-instance-profile --instance-profile-name " + profile + " --role-name "
                                + role);
        assertThat(subject.annotation(Subject.ROLE_ARN))
                .as("a pointer to a role that goes")
                .isEmpty();
        assertThat(world.iam()
                        .getInstanceProfile(request -> request.instanceProfileName(profile))
                        .instanceProfile()
                        .roles())
                .hasSize(1);

        world.iam()
                .removeRoleFromInstanceProfile(
                        request -> request.instanceProfileName(profile).roleName(role));
        subject.awaitGone();
        assertNothingIsLeft(subject);
        world.iam().deleteInstanceProfile(request -> request.instanceProfileName(profile));
    }

    @Test
    void withAwsAwayTheDeletionWaitsAndGoesOnWhenItIsBack() {
        Subject subject = ready("");
        world.proxy().faults().on("iam:*").cut();
        subject.beginDeletion();
        assertThat(subject.awaitReason("DeletionBlocked")).contains("AwsUnavailable");
        assertThat(subject.condition("Stalled")).isEmpty();
        assertThat(subject.condition("Reconciling")).isEqualTo("True");
        assertThat(subject.roleExists()).isTrue();

        world.proxy().faults().clear();
        subject.awaitGone();
        assertNothingIsLeft(subject);
    }

    @Test
    void aRoleThatHasLostItsOwnershipTagsIsNotDeletedAndTheWayOutIsNamed() {
        Subject subject = ready("");
        String role = subject.roleName();
        Map<String, String> tags = new TreeMap<>(world.tags(role));
        world.iam().untagRole(request -> request.roleName(role).tagKeys(tags.keySet()));
        world.proxy().calls().clear();
        subject.beginDeletion();
        assertThat(subject.awaitReason("DeletionBlocked"))
                .contains(role, "ownership tags", "restore the tags", "spec.deletionPolicy to Retain");
        assertThat(subject.calls()).containsOnly("GetRole");

        world.iam()
                .tagRole(request -> request.roleName(role)
                        .tags(tags.entrySet().stream()
                                .map(tag -> tag(tag.getKey(), tag.getValue()))
                                .toList()));
        subject.awaitGone();
        assertNothingIsLeft(subject);
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
