package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** AWS rejects calls. The resource reports the reason and recovers without a user once AWS accepts them. */
class AwsErrorIT extends OperatorTestBase {
    private static final String TWO_POLICIES = """
            {policies: {managed: [AmazonS3ReadOnlyAccess], inline: [{name: read, document: {Version: "2012-10-17",
              Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "*"}]}}]}}""";

    @Override
    OperatorLaunch launch() {
        return env.launch("3s", "2s");
    }

    @AfterEach
    void assertSessionAndRequestNotDisclosed() {
        String everything = env.kubectl().get("get", "iamsa,events", "--all-namespaces", "-o=json");
        assertThat(everything).doesNotContain("assumed-role/irsa-operator/", "00000000-0000-4000-8000");
    }

    @Test
    void reportsActionDeniedDuringCreation() {
        String action = "iam:AttachRolePolicy";
        env.proxy().faults().deny(action);
        AppliedResource resource = AppliedResource.resource(env, "invoices", TWO_POLICIES);

        assertReportsAction(resource, action);
        assertThat(resource.hasServiceAccount()).isFalse();

        env.proxy().clear();
        resource.awaitReady();
    }

    @Test
    void reportsActionDeniedDuringUpdate() {
        String action = "iam:DetachRolePolicy";
        AppliedResource resource =
                AppliedResource.resource(env, "invoices", TWO_POLICIES).awaitReady();
        env.proxy().faults().deny(action);

        resource.spec("{suspend: false}");

        assertReportsAction(resource, action);
        env.proxy().clear();
        resource.awaitReady();
        assertThat(env.attached(resource.role())).isEmpty();
        assertThat(env.inline(resource.role())).isEmpty();
    }

    @Test
    void reportsActionDeniedDuringDeletionAndBlocksDeletion() {
        String action = "iam:DeleteRole";
        AppliedResource resource =
                AppliedResource.resource(env, "invoices", TWO_POLICIES).awaitReady();
        env.proxy().faults().deny(action);

        resource.delete();

        assertThat(resource.awaitReason("DeletionBlocked"))
                .startsWith("AccessDenied: the operator may not call " + action)
                .contains("no identity-based policy allows");
        assertUnchangedDuringRetries(resource, action, "DeletionBlocked");
        assertThat(env.roleExists(resource.role())).isTrue();
        env.proxy().clear();
        resource.awaitGone();
        assertThat(env.roleExists(resource.role())).isFalse();
    }

    private void assertReportsAction(AppliedResource resource, String action) {
        assertThat(resource.awaitReason("AccessDenied"))
                .contains("the operator may not call " + action, "no identity-based policy allows");
        assertThat(resource.trueConditions()).isEqualTo("Stalled");
        assertUnchangedDuringRetries(resource, action, "AccessDenied");
    }

    private void assertUnchangedDuringRetries(AppliedResource resource, String action, String reason) {
        String version = resource.resourceVersion();
        long tried = env.proxy().calls().count(action);
        resource.await("is retried").until(() -> env.proxy().calls().count(action) >= tried + 2);
        assertThat(resource.resourceVersion()).isEqualTo(version);
        assertThat(resource.events(reason)).hasSize(1);
    }

    @Test
    void reportsMissingPolicyAndAttachesItOnceCreated() {
        String name = "later-" + ProcessHandle.current().pid();
        String arn = "arn:aws:iam::123456789012:policy/" + name;
        AppliedResource resource =
                AppliedResource.resource(env, "invoices", "{policies: {managed: [\"" + arn + "\"]}}");

        assertThat(resource.awaitReason("PolicyNotFound")).contains(arn);
        assertThat(resource.trueConditions()).isEqualTo("Stalled");
        assertUnchangedDuringRetries(resource, "iam:AttachRolePolicy", "PolicyNotFound");

        env.iam()
                .createPolicy(request -> request.policyName(name)
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                + "\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}"));
        resource.awaitReady();
        assertThat(env.attached(resource.role())).containsExactly(arn);
    }

    @Test
    void reportsMissingAwsManagedPolicyUntilSpecIsFixed() {
        AppliedResource resource =
                AppliedResource.resource(env, "invoices", "{policies: {managed: [NoSuchPolicyAtAll]}}");

        assertThat(resource.awaitReason("PolicyNotFound")).contains("arn:aws:iam::aws:policy/NoSuchPolicyAtAll");

        resource.spec(AppliedResource.ONE_POLICY).awaitReady();
    }
}
