package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Ministack;
import dev.irsa.integration.machine.Shell;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/pod-identity.md: a user moves a resource and a namespace to EKS Pod Identity, and back. The test acts
 * for the controllers of Deployments and for the webhook.
 */
class PodIdentityGuideIT {
    private static final String EACH_RESOURCE = """
            for resource in $(kubectl get iamsa --namespace payments --output name); do
              kubectl patch "$resource" --namespace payments --type=merge \\
                --patch='{"spec": {"delivery": [%s""";

    private final ControlPlane controlPlane = ControlPlane.start();
    private final Ministack aws = Ministack.start();
    private final EksCluster eks = EksCluster.create(aws, TestEnvironment.CLUSTER);
    private FaultProxy proxy;
    private TestEnvironment env;
    private Subject refunds;
    private Subject invoices;

    @BeforeEach
    void deployWorkloads() throws IOException {
        proxy = FaultProxy.before(aws.endpoint());
        env = TestEnvironment.withoutProvider(
                controlPlane, aws.endpoint(), proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().run("create", "namespace", "payments").orThrow();
        env.kubectl().run("apply", "-f", "deploy/rbac.yaml").orThrow();
        refunds = deploy("refunds");
        invoices = deploy("invoices");
    }

    private Subject deploy(String name) {
        env.kubectl().apply("""
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {namespace: payments, name: %1$s}
                    spec:
                      selector: {matchLabels: {app: %1$s}}
                      template:
                        metadata: {labels: {app: %1$s}}
                        spec:
                          serviceAccountName: %1$s
                          containers: [{name: main, image: registry.example.com/main}]
                    """.formatted(name)).orThrow();
        return new Subject(env, "payments", name).apply("{}");
    }

    @AfterEach
    void stop() {
        proxy.close();
        env.iam().close();
        eks.close();
        aws.close();
        controlPlane.close();
    }

    @Test
    void podIdentityGuideWorks(@TempDir Path folder) throws Exception {
        try (OperatorProcess operator = env.sweeping()
                .withKubeconfig(controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator"))
                .withArguments("--oidc-provider=Create", "--pod-identity-agent=assume")
                .startReady()) {
            pods(refunds.awaitReady()).startWithIrsa(1);
            pods(invoices.awaitReady()).startWithIrsa(1);
            GuideRun.of(PodIdentityGuideIT.class, Shell.in(folder, controlPlane.kubeconfig()), guide -> {
                confirmRestartWithoutPermissionToListPods(guide);
                moveBack(guide);
                env.kubectl()
                        .run("apply", "-f", "deploy/rbac-pod-identity.yaml")
                        .orThrow();
                moveAtOnce(guide);
                moveNamespace(guide);
            });
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    private void confirmRestartWithoutPermissionToListPods(GuideRun guide) {
        usePodIdentityAtOnce();
        assertThat(refunds.awaitReason("WaitingForPods")).contains("not allowed to list pods");
        replacePods(refunds).startWithPodIdentity(1);

        guide.run("kubectl annotate iamsa refunds");
        refunds.awaitReady();
    }

    private void moveBack(GuideRun guide) {
        guide.run("kubectl patch iamsa refunds");
        guide.run("kubectl rollout restart deployment/refunds");
        assertRestarts(refunds, true);
        assertRestarts(invoices, false);
        replacePods(refunds).startWithIrsa(1);

        assertThat(guide.run("kubectl get iamsa --all-namespaces -o custom-columns=")
                        .lines()
                        .skip(1))
                .hasSize(2)
                .allMatch(line -> line.matches("payments +\\w+ +\\[IRSA] +<none>"));
    }

    private void moveAtOnce(GuideRun guide) {
        usePodIdentityAtOnce();
        assertThat(refunds.awaitReason("WaitingForPods")).contains("may still use IRSA;");
        assertThat(guide.run("kubectl get pods --namespace payments --field-selector"))
                .contains("refunds-", "deployment.apps/refunds restarted")
                .doesNotContain("invoices-");
        replacePods(refunds).startWithPodIdentity(1);
        refunds.awaitReady();
    }

    private void moveNamespace(GuideRun guide) {
        guide.run(EACH_RESOURCE.formatted("\"IRSA\", "));
        guide.run("kubectl rollout restart deployment --namespace");
        assertRestarts(invoices, true);
        replacePods(invoices).startWithPodIdentity(1);
        assertThat(guide.run("kubectl get pods --namespace payments \\").lines().skip(1))
                .hasSize(2)
                .allMatch(line -> line.contains("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
                .noneMatch(line -> line.contains("AWS_ROLE_ARN"));
        guide.run(EACH_RESOURCE.formatted("\"PodIdentity\""));
        assertThat(invoices.annotation(Subject.ROLE_ARN)).isEmpty();
    }

    private void usePodIdentityAtOnce() {
        refunds.kubectl(
                "patch", "iamsa", "refunds", "--type=merge", "--patch={\"spec\":{\"delivery\":[\"PodIdentity\"]}}");
    }

    private SubjectPods replacePods(Subject subject) {
        subject.kubectl("delete", "pods", "--field-selector=spec.serviceAccountName=" + subject.name());
        return pods(subject);
    }

    private SubjectPods pods(Subject subject) {
        return new SubjectPods(subject, eks);
    }

    private static void assertRestarts(Subject subject, boolean restarted) {
        assertThat(subject.field("deployment/" + subject.name(), "{.spec.template.metadata.annotations}")
                        .contains("restartedAt"))
                .as("restart of %s", subject.name())
                .isEqualTo(restarted);
    }
}
