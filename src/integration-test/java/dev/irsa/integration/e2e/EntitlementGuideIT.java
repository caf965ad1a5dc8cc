package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the documentation for users and platform engineers, from the first label to the deletion of a
 * role.
 */
@ExtendWith(SharedMachine.class)
class EntitlementGuideIT {
    private ControlPlane controlPlane;
    private TestEnvironment env;

    @BeforeEach
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        kubectl("delete", "iamentitlement", "everything");
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void entitlementGuideWorks(@TempDir Path folder) throws Exception {
        Shell shell = Shell.in(folder, controlPlane.kubeconfig()).with("ACCOUNT", "123456789012");
        try (OperatorProcess operator = env.sweeping().startReady()) {
            GuideRun.of(EntitlementGuideIT.class, shell, guide -> follow(guide, operator));
        }
    }

    private void follow(GuideRun guide, OperatorProcess operator) {
        AppliedResource invoices = new AppliedResource(env, "payments", "invoices");
        assertThat(AppliedResource.resource(env, "invoices", "{}").awaitReason("NotEntitled"))
                .contains("kubectl apply -f deploy/entitlement.yaml");
        kubectl("apply", "-f", "deploy/entitlement.yaml");
        guide.run("kubectl apply -f deploy/templates/s3-read.yaml");
        guide.run("kubectl apply -f deploy/entitlement.yaml");
        guide.run("kubectl wait --for=condition=Ready iamsa/invoices");
        assertThat(guide.run("kubectl get iamsa invoices --namespace payments\nkubectl get serviceaccount"))
                .contains("eks.amazonaws.com/role-arn: " + invoices.get("{.status.roleARN}"));
        assertThat(guide.run("kubectl apply -f deploy/samples/entitlement.yaml"))
                .containsPattern("NAME +READY +RESOURCES +BOUNDARY +AGE\n");
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(env.kubectl().get("get", "iament"))
                        .containsPattern("default +True +1 ")
                        .containsPattern("payments +True +0 "));

        reviewPlanAndResume(guide, invoices);
        detectRecreatedRole(guide, invoices);
        removeRoleAfterEntitlementIsDeleted(guide, invoices, operator);
        removeFinalizerWithoutOperator(guide, invoices, operator);
    }

    private void reviewPlanAndResume(GuideRun guide, AppliedResource invoices) {
        invoices.patch("{\"spec\":{\"suspend\":true,\"role\":{\"description\":\"Reads invoices\"}}}");
        invoices.awaitReason("Suspended");
        assertThat(guide.run("kubectl get iamsa invoices --namespace payments -o jsonpath='{range")
                        .lines())
                .singleElement()
                .asString()
                .contains("Reads invoices");
        listMissingRequirements(guide, invoices);
        guide.run(
                "kubectl patch iamsa invoices --namespace payments --type=merge --patch='{\"spec\":{\"suspend\":false}}'");
        TestEnvironment.await()
                .untilAsserted(() ->
                        assertThat(env.role(invoices.role()).description()).isEqualTo("Reads invoices"));
    }

    private void listMissingRequirements(GuideRun guide, AppliedResource invoices) {
        kubectl(
                "patch",
                "iament",
                "default",
                "--type=merge",
                "--patch={\"spec\":{\"require\":{\"tags\":[{\"key\":\"cost-center\",\"value\":\"4711\"}]}}}");
        TestEnvironment.await()
                .until(() -> invoices.get("{.status.missingRequirements}").contains("cost-center"));
        assertThat(guide.run("kubectl get iamsa -A -o jsonpath='{range .items[?(@.status.missing"))
                .contains("payments/invoices: [\"IamEntitlement default requires tag cost-center=4711\"]");
    }

    private void detectRecreatedRole(GuideRun guide, AppliedResource invoices) {
        String before = invoices.get("{.status.role.id}");
        ConsoleUser.deleteRole(env, invoices.role());
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(env.kubectl().get("get", "events", "--namespace=payments"))
                        .containsPattern("Warning +RoleRecreated .*its ID was " + before));
        assertThat(guide.run("kubectl get iamsa invoices --namespace payments -o jsonpath='{.status.roleARN}"))
                .contains(invoices.role(), "AROA")
                .doesNotContain(before);
    }

    private void removeRoleAfterEntitlementIsDeleted(
            GuideRun guide, AppliedResource invoices, OperatorProcess operator) {
        kubectl("delete", "-f", "deploy/entitlement.yaml");
        invoices.awaitReason("NotEntitled");
        assertThat(guide.run("kubectl get iamsa --all-namespaces -o wide | grep NotEntitled"))
                .containsPattern("payments +invoices .*no IamEntitlement selects namespace payments");
        ManualDrift.attach(env, invoices.role(), "AWSDenyAll");
        Metrics.awaitSweeps(operator, 2);
        assertThat(env.attached(invoices.role())).containsExactly("arn:aws:iam::aws:policy/AWSDenyAll");
        env.iam()
                .detachRolePolicy(
                        request -> request.roleName(invoices.role()).policyArn("arn:aws:iam::aws:policy/AWSDenyAll"));

        invoices.patch("{\"spec\":{\"deletionPolicy\":\"Retain\"}}");
        guide.run(
                "kubectl patch iamsa invoices --namespace payments --type=merge --patch='{\"spec\":{\"deletionPolicy\"");
        assertThat(invoices.exists()).isFalse();
        assertThat(env.roleExists(invoices.role())).isFalse();
    }

    private void removeFinalizerWithoutOperator(GuideRun guide, AppliedResource invoices, OperatorProcess operator) {
        kubectl("apply", "-f", "deploy/entitlement.yaml");
        kubectl("apply", "-f", "deploy/samples/invoices.yaml");
        invoices.awaitReady();
        operator.sigkill();
        invoices.delete();
        guide.run("kubectl patch iamsa invoices --namespace payments --type=json");
        invoices.awaitGone();
        assertThat(env.roleExists(invoices.role())).isTrue();
        ConsoleUser.deleteRole(env, invoices.role());
    }

    private void kubectl(String... arguments) {
        env.kubectl().run(arguments).orThrow();
    }
}
