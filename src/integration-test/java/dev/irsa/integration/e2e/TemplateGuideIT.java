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

/** Runs the guides to policy templates, for platform engineers and for developers, and then edits and deletes a template. */
@ExtendWith(SharedMachine.class)
class TemplateGuideIT {
    private ControlPlane controlPlane;
    private TestEnvironment env;

    @BeforeEach
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().get("delete", "iamentitlement", "everything");
        env.kubectl().get("create", "namespace", "payments");
        env.kubectl().get("label", "namespace", "payments", "team=payments");
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void templateGuidesWork(@TempDir Path folder) throws Exception {
        Shell shell = Shell.in(folder, controlPlane.kubeconfig());
        try (OperatorProcess operator = env.sweeping().startReady()) {
            GuideRun.of(TemplateGuideIT.class, shell, this::follow);
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    private void follow(GuideRun guide) {
        assertThat(guide.run("kubectl apply -f deploy/templates/s3-read.yaml")).contains("s3-read");
        guide.run("kubectl apply -f - <<END\napiVersion: irsa.dev/v1alpha1\nkind: IamEntitlement");
        guide.run("kubectl apply -f - <<END\napiVersion: irsa.dev/v1alpha1\nkind: IamPolicyTemplate");
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(env.kubectl().get("get", "iampt"))
                        .containsPattern("NAME +READY +USED BY +DESCRIPTION +AGE\n")
                        .containsPattern("read-reports +True +0 ")
                        .containsPattern("s3-read +True +0 "));
        assertThat(guide.run("kubectl get iampt\nkubectl describe iampt s3-read"))
                .contains("Pattern:");
        guide.run("kubectl apply -f - <<END\napiVersion: irsa.dev/v1alpha1\nkind: IamServiceAccount");

        AppliedResource invoices = new AppliedResource(env, "payments", "invoices");
        assertThat(env.iam()
                        .listRolePolicies(request -> request.roleName(invoices.role()))
                        .policyNames())
                .containsExactlyInAnyOrder("s3-read", "read-archive");
        TestEnvironment.await()
                .untilAsserted(
                        () -> assertThat(env.kubectl().get("get", "iampt")).containsPattern("s3-read +True +1 "));
        followsEdit(invoices);
        keepsPoliciesOfDeletedTemplate(invoices);
    }

    private void followsEdit(AppliedResource invoices) {
        env.kubectl()
                .get(
                        "patch",
                        "iampt",
                        "s3-read",
                        "--type=json",
                        "--patch=[{\"op\":\"add\",\"path\":\"/spec/document/Statement/0/Sid\",\"value\":\"Edited\"}]");

        TestEnvironment.await()
                .untilAsserted(() -> assertThat(policy(invoices, "s3-read")).contains("Edited"));
        TestEnvironment.await()
                .untilAsserted(
                        () -> assertThat(policy(invoices, "read-archive")).contains("Edited"));
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(env.kubectl().get("get", "events", "--namespace=payments"))
                        .containsPattern("Normal +TemplateChanged "));
    }

    private void keepsPoliciesOfDeletedTemplate(AppliedResource invoices) {
        env.kubectl().get("delete", "iampt", "s3-read");

        assertThat(invoices.awaitReason("TemplateNotFound")).contains("IamPolicyTemplate s3-read does not exist");
        assertThat(policy(invoices, "s3-read")).contains("Edited");
        env.kubectl().get("apply", "-f", "deploy/templates/s3-read.yaml");
        invoices.awaitReady();
        assertThat(policy(invoices, "s3-read")).doesNotContain("Edited");
    }

    private String policy(AppliedResource resource, String name) {
        return env.iam()
                .getRolePolicy(request -> request.roleName(resource.role()).policyName(name))
                .policyDocument();
    }
}
