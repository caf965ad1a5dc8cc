package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tests what blocks a deletion, and how it continues. */
class BlockedDeletionIT extends OperatorTestBase {
    private static final String POLICIES = """
            policies: {managed: [AmazonS3ReadOnlyAccess], inline: [
              {name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}""";

    @Test
    void blocksDeletionWhileRoleIsInInstanceProfile() {
        Subject subject = ready("");
        String role = subject.roleName();
        String profile = "profile-" + subject.namespace();
        env.iam().createInstanceProfile(request -> request.instanceProfileName(profile));
        env.iam()
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
                .as("annotation with the ARN of the role that is being deleted")
                .isEmpty();
        assertThat(env.iam()
                        .getInstanceProfile(request -> request.instanceProfileName(profile))
                        .instanceProfile()
                        .roles())
                .hasSize(1);

        env.iam()
                .removeRoleFromInstanceProfile(
                        request -> request.instanceProfileName(profile).roleName(role));
        subject.awaitGone();
        subject.assertAllDeleted();
        env.iam().deleteInstanceProfile(request -> request.instanceProfileName(profile));
    }

    @Test
    void blocksDeletionUntilAwsIsReachable() {
        Subject subject = ready("");
        env.proxy().faults().on("iam:*").closeConnection();
        subject.beginDeletion();
        assertThat(subject.awaitReason("DeletionBlocked")).contains("AwsUnavailable");
        assertThat(subject.condition("Stalled")).isEmpty();
        assertThat(subject.condition("Reconciling")).isEqualTo("True");
        assertThat(subject.roleExists()).isTrue();

        env.proxy().faults().clear();
        subject.awaitGone();
        subject.assertAllDeleted();
    }

    @Test
    void refusesToDeleteRoleWithoutOwnershipTags() {
        Subject subject = ready("");
        String role = subject.roleName();
        Map<String, String> tags = new TreeMap<>(env.tags(role));
        env.iam().untagRole(request -> request.roleName(role).tagKeys(tags.keySet()));
        env.proxy().calls().clear();
        subject.beginDeletion();
        assertThat(subject.awaitReason("DeletionBlocked"))
                .contains(role, "ownership tags", "restore the tags", "spec.deletionPolicy to Retain");
        assertThat(subject.calls()).containsOnly("GetRole");

        ConsoleUser.tag(env, role, tags);
        subject.awaitGone();
        subject.assertAllDeleted();
    }

    private Subject ready(String spec) {
        return Subject.in(env).apply("{" + spec + POLICIES + "}").awaitReady();
    }
}
