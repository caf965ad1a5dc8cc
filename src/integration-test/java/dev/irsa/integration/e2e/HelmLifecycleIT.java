package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.awsserver.AwsCall;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.LocalRegistry;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.Shell;
import dev.irsa.integration.machine.Tool;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the operator from its installation with Helm to its removal, with the commands of docs/upgrade.md and
 * docs/uninstall.md. Its pods run as in the Deployment, with only the permissions and the AWS role of their
 * ServiceAccount.
 */
@ExtendWith(SharedMachine.class)
class HelmLifecycleIT {
    /** The values of the guide for the test account, with shorter intervals. */
    private static final String VALUES = """
            clusterName: prod
            aws: {roleArn: "arn:aws:iam::123456789012:role/irsa-operator"}
            config: {consistencyWindow: 1s, sweepInterval: 1s, slowestRetry: 5s, logFormat: text}
            """;

    private static final String INSTALL = "helm install irsa-operator \"oci://$REGISTRY/charts/irsa-operator\""
            + " --version \"$VERSION\" \\\n  --namespace irsa-operator --values values.yaml --wait";

    private HelmCluster cluster;
    private LocalRegistry registry;
    private Shell shell;

    @BeforeEach
    void start(Moto moto, FaultProxy proxy, @TempDir Path folder) throws IOException, GeneralSecurityException {
        registry = LocalRegistry.start(Files.createDirectory(folder.resolve("registry")));
        cluster = HelmCluster.start(moto, proxy);
        Shell plain = Shell.in(folder, cluster.env().controlPlane().kubeconfig());
        Path helm = Tool.HELM.path().getParent();
        shell = plain.with("PATH", helm + ":" + plain.environment().get("PATH"))
                .with("HELM_CACHE_HOME", folder + "/helm-cache")
                .with("HELM_CONFIG_HOME", folder + "/helm-config")
                .with("HELM_DATA_HOME", folder + "/helm-data")
                .with("SSL_CERT_FILE", registry.certificate().toString())
                .with("REGISTRY", registry.host())
                .with("VERSION", "0.1.0")
                .with("ACCOUNT", "123456789012")
                .with("AWS_REGION", "eu-west-1")
                .with("CLUSTER", "production");
        Files.writeString(folder.resolve("values.yaml"), VALUES);
        // The chart of a release contains its image.
        shell.run("sed -i '/^image:/,/^$/ s|^  repository: .*|  repository: registry.example.com/irsa-operator|'"
                + " deploy/charts/irsa-operator/values.yaml");
        publishChart();
    }

    /** Pushes the chart in the user's folder to the registry. */
    private void publishChart() {
        shell.run("helm package deploy/charts/irsa-operator --destination packages"
                + " && helm push packages/*.tgz oci://$REGISTRY/charts && rm -r packages");
    }

    @AfterEach
    void stop() {
        cluster.close();
        registry.close();
    }

    @Test
    void installsUpgradesAndUninstallsAsDocumented() throws Exception {
        GuideRun.of(HelmLifecycleIT.class, shell, guide -> {
            guide.run("kubectl create namespace irsa-operator");
            kubectl("create", "namespace", "payments");
            AppliedResource invoices = cluster.ready("payments", "invoices");
            AppliedResource reports = cluster.ready("payments", "reports");
            AppliedResource ledger = cluster.ready("payments", "ledger");
            assertThat(cluster.env().proxy().calls().names()).contains("sts:AssumeRoleWithWebIdentity");
            guide.run("helm test");
            assertThat(shell.run("kubectl get iamsa,iament,pods,roles,rolebindings,serviceaccounts -A -o name"))
                    .doesNotContain("irsa-operator-test");

            upgradeAndRollBack(guide, invoices);
            Stream.of("irsa-operator", "irsa-operator-test").forEach(cluster::assertNothingWasRefused);
            uninstallAndInstallAgain(guide, List.of(invoices, reports, ledger));

            guide.run("kubectl delete iamserviceaccounts --all");
            assertThat(cluster.env().roleExists(invoices.role())).isFalse();
            assertThat(shell.run("kubectl get crd,clusterroles,clusterrolebindings -o name"))
                    .doesNotContain("irsa");
            ConsoleUser.deleteRole(cluster.env(), ledger.role());

            guide.run(INSTALL.replace("--values values.yaml --wait", "--create-namespace"));
            TestEnvironment.await().untilAsserted(cluster::leader);
        });
    }

    private void upgradeAndRollBack(GuideRun guide, AppliedResource invoices) throws IOException {
        String before = invoices.resourceVersion();
        List<String> pods = podNames();
        cluster.env().proxy().clear();
        new NextChartVersion(shell.folder().resolve("deploy/charts/irsa-operator")).make();
        publishChart();
        Files.writeString(shell.folder().resolve("values.yaml"), VALUES + "podAnnotations: {note: next}\n");

        guide.run(shell.with("VERSION", "0.2.0"), "helm upgrade");
        assertThat(podNames()).hasSameSizeAs(pods).doesNotContainAnyElementsOf(pods);
        assertThat(shell.run("kubectl get iamsa --namespace payments")).contains("NOTE");
        assertUntouched(invoices, before);

        guide.run("helm rollback");
        assertThat(shell.run("kubectl get iamsa --namespace payments")).doesNotContain("NOTE");
        // The default entitlement was missing for a moment. The operator writes the roles of resources that were not
        // Ready at its start again, because reads of IAM may be stale. It removes nothing.
        cluster.awaitSweeps();
        invoices.awaitReady();
        assertThat(cluster.awsWrites())
                .extracting(AwsCall::action)
                .isSubsetOf("UpdateAssumeRolePolicy", "AttachRolePolicy", "PutRolePolicy");
        Files.writeString(shell.folder().resolve("values.yaml"), VALUES);
    }

    private void uninstallAndInstallAgain(GuideRun guide, List<AppliedResource> resources) {
        guide.run("helm uninstall irsa-operator --namespace irsa-operator --wait");
        TestEnvironment.await().until(() -> cluster.pods().isEmpty());
        AppliedResource invoices = resources.getFirst();
        AppliedResource reports = resources.get(1).delete();
        AppliedResource ledger = resources.getLast().delete();
        assertThat(resources).allMatch(AppliedResource::exists);
        assertThat(resources)
                .allMatch(resource -> cluster.env().roleExists(resource.role()))
                .allMatch(AppliedResource::hasServiceAccount);
        guide.run("kubectl patch iamserviceaccount ledger");
        ledger.awaitGone();
        assertThat(cluster.env().roleExists(ledger.role())).isTrue();

        String before = invoices.resourceVersion();
        guide.run(INSTALL);
        reports.awaitGone();
        assertThat(cluster.env().roleExists(reports.role())).isFalse();
        cluster.env().proxy().clear();
        assertUntouched(invoices, before);

        shell.run("helm uninstall irsa-operator --namespace irsa-operator --wait");
        guide.run("helm install irsa ");
        assertUntouched(invoices, before);
        shell.run("helm uninstall irsa --namespace irsa-operator --wait");
        shell.run(INSTALL + " --take-ownership --force-conflicts");
        assertUntouched(invoices, before);
    }

    @Test
    void standbyTakesOverWhenLeaderIsDeleted() {
        shell.run(INSTALL + " --create-namespace");
        AppliedResource invoices = cluster.ready(cluster.env().namespace(), "invoices");
        List<String> both = podNames();
        String leader = name(cluster.leader());
        assertThat(both).hasSize(2);

        kubectl("delete", "pod", leader, "--namespace", HelmCluster.NAMESPACE);
        TestEnvironment.await()
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(name(cluster.leader())).isIn(both).isNotEqualTo(leader));
        invoices.spec(
                        "{role: {description: changed}, policies: {templates: [{name: s3-read, parameters: {bucket: irsa-demo-invoices}}]}}")
                .awaitReady();

        assertThat(cluster.env().role(invoices.role()).description()).isEqualTo("changed");
        cluster.assertNothingWasRefused("irsa-operator");
    }

    @Test
    void watchesOnlyConfiguredNamespaces() {
        String inside = cluster.env().namespace();
        String outside = cluster.env().namespace();
        shell.run(INSTALL + " --create-namespace --set watchNamespaces={" + inside + "}");
        kubectl("label", "namespace", outside, "irsa.dev/entitlement=default");
        AppliedResource untouched = new AppliedResource(cluster.env(), outside, "invoices").spec("{}");
        String before = untouched.resourceVersion();

        AppliedResource invoices = cluster.ready(inside, "invoices");
        invoices.delete().awaitGone();

        cluster.awaitSweeps();
        assertThat(untouched.resourceVersion()).isEqualTo(before);
        assertThat(cluster.env().roleExists(untouched.role())).isFalse();
        cluster.assertNothingWasRefused("irsa-operator");
        assertThat(shell.run("kubectl get clusterroles -o name | grep irsa-operator"))
                .isEqualTo("""
                        clusterrole.rbac.authorization.k8s.io/irsa-operator-limits
                        clusterrole.rbac.authorization.k8s.io/irsa-operator-template-reader
                        """);
    }

    /** Asserts that nothing was written to the resource or to AWS. */
    private void assertUntouched(AppliedResource resource, String before) {
        cluster.awaitSweeps();
        assertThat(resource.resourceVersion()).as("%s", resource.get("{}")).isEqualTo(before);
        assertThat(cluster.awsWrites()).isEmpty();
    }

    private List<String> podNames() {
        return cluster.pods().stream().map(HelmLifecycleIT::name).toList();
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    private void kubectl(String... arguments) {
        cluster.env().kubectl().run(arguments).orThrow();
    }
}
