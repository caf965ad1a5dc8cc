package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ControlPlaneSettings;
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
 * Runs the guides to policy templates, for platform engineers and as a developer with only the permissions of the guide. Then
 * edits and deletes a template.
 */
@ExtendWith(SharedMachine.class)
class TemplateGuideIT {
    private static final String DEVELOPER = "jane";
    private static final String ACCOUNT = "123456789012";
    private static final String BOUNDARY = "arn:aws:iam::" + ACCOUNT + ":policy/workloads";

    private ControlPlane controlPlane;
    private TestEnvironment env;

    /** Does what an installation does, and nothing of the guides. */
    @BeforeEach
    void install(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start(ControlPlaneSettings.likeEks().withUser(DEVELOPER, "payments"));
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().get("delete", "iamentitlement", "everything");
        env.kubectl().get("apply", "-f", "deploy/rbac-users.yaml");
        PublishedSettings.prepare(env);
        env.kubectl().get("apply", "-f", "deploy/rbac-settings-readers.yaml");
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void templateGuidesWork(@TempDir Path engineers, @TempDir Path developers, Moto moto) throws Exception {
        Shell engineer = shell(engineers, controlPlane.kubeconfig(), moto);
        Shell developer = shell(developers, controlPlane.kubeconfig(DEVELOPER, DEVELOPER), moto);
        OperatorLaunch launch = env.sweeping().withArguments(PublishedSettings.FLAGS);
        try (OperatorProcess operator = launch.startReady()) {
            PublishedSettings.await(env);
            GuideRun.of(TemplateGuideIT.class, engineer, guide -> {
                offer(guide);
                AppliedResource receipts = request(guide, developer);
                writeTemplate(guide);
                followsEdit(receipts);
                keepsPoliciesOfDeletedTemplate(receipts);
            });
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    /** Returns the shell of a user with kubectl and its plugin. */
    private static Shell shell(Path folder, Path kubeconfig, Moto moto) {
        return Shell.in(folder, kubeconfig).withAws(moto).withPlugin();
    }

    private void offer(GuideRun guide) {
        assertThat(guide.run("kubectl apply -f deploy/templates/s3-read.yaml")).contains("s3-read");
        guide.run("kubectl create namespace payments");
        guide.run("kubectl apply -f - <<'END'\napiVersion: irsa.dev/v1beta1\nkind: IamEntitlement");
        setOwnBoundary();
        guide.run("kubectl create rolebinding payments-edit");
        guide.run("kubectl create clusterrole iamentitlements-view");
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(env.kubectl()
                                .run("auth", "can-i", "list", "iament", "--as=" + DEVELOPER, "--as-group=payments")
                                .stdout())
                        .isEqualTo("yes\n"));
        assertThat(guide.run("kubectl auth can-i create iamserviceaccounts").lines())
                .filteredOn("yes"::equals)
                .hasSize(2);
    }

    /** Replaces the account of the guide, as its readers do. */
    private void setOwnBoundary() {
        env.kubectl()
                .get(
                        "patch",
                        "iament",
                        "payments-templates",
                        "--type=merge",
                        "--patch={\"spec\":{\"require\":{\"permissionsBoundaryARN\":\"" + BOUNDARY + "\"}}}");
    }

    private AppliedResource request(GuideRun guide, Shell developer) {
        assertThat(guide.run(developer, "kubectl get iampt\nkubectl describe iampt s3-read"))
                .contains("Pattern:");
        guide.run(developer, "cat > receipts.yaml <<'END'");
        assertThat(guide.run(developer, "kubectl irsa plan --no-aws -f receipts.yaml"))
                .contains("put inline policy read-archive", "arn:aws:s3:::payments-archive/*", "1 to create")
                .doesNotContain("permission to list");
        guide.run(developer, "kubectl apply -f receipts.yaml\nkubectl wait");
        assertThat(guide.run(developer, "kubectl get iamsa receipts --namespace payments -o wide"))
                .containsPattern("NAME +READY +REASON .*MESSAGE\n");

        AppliedResource receipts = new AppliedResource(env, "payments", "receipts");
        assertThat(env.inline(receipts.role())).containsExactly("read-archive", "s3-read");
        assertThat(env.role(receipts.role()).permissionsBoundary().permissionsBoundaryArn())
                .isEqualTo(BOUNDARY);
        TestEnvironment.await()
                .untilAsserted(
                        () -> assertThat(env.kubectl().get("get", "iampt")).containsPattern("s3-read +True +1 "));
        return receipts;
    }

    private void writeTemplate(GuideRun guide) {
        guide.run("kubectl apply -f - <<'END'\napiVersion: irsa.dev/v1beta1\nkind: IamPolicyTemplate");
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(env.kubectl().get("get", "iampt"))
                        .containsPattern("NAME +READY +USED BY +DESCRIPTION +AGE\n")
                        .containsPattern("read-reports +True +0 "));
        guide.run("kubectl patch iament payments-templates");
        assertThat(guide.run("kubectl irsa plan -f - <<'END'"))
                .contains("arn:aws:s3:::reports-" + ACCOUNT + "/payments/monthly/2026-*", "1 to create");
    }

    private void followsEdit(AppliedResource receipts) {
        env.kubectl()
                .get(
                        "patch",
                        "iampt",
                        "s3-read",
                        "--type=json",
                        "--patch=[{\"op\":\"add\",\"path\":\"/spec/document/Statement/0/Sid\",\"value\":\"Edited\"}]");

        TestEnvironment.await()
                .untilAsserted(() -> assertThat(policy(receipts, "s3-read")).contains("Edited"));
        TestEnvironment.await()
                .untilAsserted(
                        () -> assertThat(policy(receipts, "read-archive")).contains("Edited"));
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(env.kubectl().get("get", "events", "--namespace=payments"))
                        .containsPattern("Normal +TemplateChanged "));
    }

    private void keepsPoliciesOfDeletedTemplate(AppliedResource receipts) {
        env.kubectl().get("delete", "iampt", "s3-read");

        assertThat(receipts.awaitReason("TemplateNotFound")).contains("IamPolicyTemplate s3-read does not exist");
        assertThat(policy(receipts, "s3-read")).contains("Edited");
        env.kubectl().get("apply", "-f", "deploy/templates/s3-read.yaml");
        receipts.awaitReady();
        assertThat(policy(receipts, "s3-read")).doesNotContain("Edited");
    }

    private String policy(AppliedResource resource, String name) {
        return env.iam()
                .getRolePolicy(request -> request.roleName(resource.role()).policyName(name))
                .policyDocument();
    }
}
