package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** AWS answers, and the answer is no: the resource says why, and goes on by itself when the answer changes. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsRefusalIT {
    private static final String TWO_POLICIES = """
            {policies: {managed: [AmazonS3ReadOnlyAccess], inline: [{name: read, document: {Version: "2012-10-17",
              Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "*"}]}}]}}""";

    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
        operator = OperatorLaunch.of(World.CLUSTER, controlPlane.kubeconfig(), proxy.uri())
                .withArguments("--consistency-window", "3s", "--slowest-retry", "2s", "--log-format", "text")
                .startReady();
    }

    @AfterEach
    void nobodyTellsWhoWeAre() {
        String everything = world.kubectl().get("get", "iamsa,events", "--all-namespaces", "-o=json");
        assertThat(everything).doesNotContain("assumed-role/irsa-operator", "00000000-0000-4000-8000");
    }

    @AfterAll
    void stop() {
        operator.close();
        Log.assertNoStackTrace(operator.log());
    }

    @Test
    void aDeniedActionOfACreationIsNamed() {
        String action = "iam:AttachRolePolicy";
        world.proxy().faults().deny(action);
        AppliedResource resource = AppliedResource.resource(world, "invoices", TWO_POLICIES);

        namesTheAction(resource, action);
        assertThat(resource.hasServiceAccount()).isFalse();

        world.proxy().clear();
        resource.awaitReady();
    }

    @Test
    void aDeniedActionOfAChangeIsNamed() {
        String action = "iam:DetachRolePolicy";
        AppliedResource resource =
                AppliedResource.resource(world, "invoices", TWO_POLICIES).awaitReady();
        world.proxy().faults().deny(action);

        resource.spec("{suspend: false}");

        namesTheAction(resource, action);
        world.proxy().clear();
        resource.awaitReady();
        assertThat(world.attached(resource.role())).isEmpty();
        assertThat(world.inline(resource.role())).isEmpty();
    }

    @Test
    void aDeniedActionOfADeletionIsNamedAndHoldsTheResource() {
        String action = "iam:DeleteRole";
        AppliedResource resource =
                AppliedResource.resource(world, "invoices", TWO_POLICIES).awaitReady();
        world.proxy().faults().deny(action);

        resource.delete();

        assertThat(resource.awaitReason("DeletionBlocked"))
                .startsWith("AccessDenied: permission denied for " + action)
                .contains("no identity-based policy allows");
        unchangedWhileTriedAgain(resource, action, "DeletionBlocked");
        assertThat(world.roleExists(resource.role())).isTrue();
        world.proxy().clear();
        resource.awaitGone();
        assertThat(world.roleExists(resource.role())).isFalse();
    }

    private void namesTheAction(AppliedResource resource, String action) {
        assertThat(resource.awaitReason("AccessDenied"))
                .contains("permission denied for " + action, "no identity-based policy allows");
        assertThat(resource.trueConditions()).isEqualTo("Stalled");
        unchangedWhileTriedAgain(resource, action, "AccessDenied");
    }

    private void unchangedWhileTriedAgain(AppliedResource resource, String action, String reason) {
        String version = resource.resourceVersion();
        long tried = world.proxy().calls().count(action);
        resource.await("is tried again").until(() -> world.proxy().calls().count(action) >= tried + 2);
        assertThat(resource.resourceVersion()).isEqualTo(version);
        assertThat(resource.events(reason)).hasSize(1);
    }

    @Test
    void aPolicyThatDoesNotExistIsNamedAndTakenWhenItAppears() {
        String name = "later-" + ProcessHandle.current().pid();
        String arn = "arn:aws:iam::123456789012:policy/" + name;
        AppliedResource resource =
                AppliedResource.resource(world, "invoices", "{policies: {managed: [\"" + arn + "\"]}}");

        assertThat(resource.awaitReason("PolicyNotFound")).contains(arn);
        assertThat(resource.trueConditions()).isEqualTo("Stalled");
        unchangedWhileTriedAgain(resource, "iam:AttachRolePolicy", "PolicyNotFound");

        world.iam()
                .createPolicy(request -> request.policyName(name)
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                + "\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}"));
        resource.awaitReady();
        assertThat(world.attached(resource.role())).containsExactly(arn);
    }

    @Test
    void anAwsManagedPolicyThatDoesNotExistIsPassedOverWhenTheSpecIsFixed() {
        AppliedResource resource =
                AppliedResource.resource(world, "invoices", "{policies: {managed: [NoSuchPolicyAtAll]}}");

        assertThat(resource.awaitReason("PolicyNotFound")).contains("arn:aws:iam::aws:policy/NoSuchPolicyAtAll");

        resource.spec(AppliedResource.ONE_POLICY).awaitReady();
    }
}
