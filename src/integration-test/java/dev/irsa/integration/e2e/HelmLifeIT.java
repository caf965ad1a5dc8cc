package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.awsserver.AwsCall;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.Shell;
import dev.irsa.integration.machine.Tool;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator from its installation by Helm to its removal, by the commands of docs/upgrade.md and docs/uninstall.md:
 * its pods run as its Deployment says, and have no more than the rights and the AWS role of its ServiceAccount.
 */
@ExtendWith(SharedMachine.class)
class HelmLifeIT {
    /** Those of the guide, for the account of the tests, which do not wait as long as one waits for IAM. */
    private static final String VALUES = """
            clusterName: prod
            image: {repository: registry.example.com/irsa-operator}
            aws: {roleArn: "arn:aws:iam::123456789012:role/irsa-operator"}
            config: {consistencyWindow: 1s, sweepInterval: 1s, slowestRetry: 5s, logFormat: text}
            """;

    private static final String INSTALL = "helm install irsa-operator deploy/charts/irsa-operator"
            + " --namespace irsa-operator --values values.yaml --wait";

    private HelmCluster cluster;
    private Shell shell;

    @BeforeEach
    void start(Moto moto, FaultProxy proxy, @TempDir Path folder) throws IOException {
        cluster = HelmCluster.start(moto, proxy);
        Shell plain = Shell.in(folder, cluster.world().controlPlane().kubeconfig());
        Path helm = Tool.HELM.path().getParent();
        shell = plain.with("PATH", helm + ":" + plain.environment().get("PATH"))
                .with("HELM_CACHE_HOME", folder + "/helm-cache")
                .with("HELM_CONFIG_HOME", folder + "/helm-config")
                .with("HELM_DATA_HOME", folder + "/helm-data");
        Files.writeString(folder.resolve("values.yaml"), VALUES);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void fromItsInstallationToItsRemoval() throws Exception {
        GuideRun.of(HelmLifeIT.class, shell, guide -> {
            guide.run("kubectl create namespace irsa-operator");
            kubectl("create", "namespace", "payments");
            AppliedResource invoices = cluster.ready("payments", "invoices");
            AppliedResource reports = cluster.ready("payments", "reports");
            AppliedResource ledger = cluster.ready("payments", "ledger");
            assertThat(cluster.world().proxy().calls().names()).contains("sts:AssumeRoleWithWebIdentity");
            guide.run("helm test");
            assertThat(shell.run("kubectl get iamsa,iament,pods,roles,rolebindings,serviceaccounts -A -o name"))
                    .doesNotContain("irsa-operator-test");

            upgradeAndRollBack(guide, invoices);
            Stream.of("irsa-operator", "irsa-operator-test").forEach(cluster::assertNothingWasRefused);
            uninstallAndInstallAgain(guide, List.of(invoices, reports, ledger));

            guide.run("kubectl delete iamserviceaccounts --all");
            assertThat(cluster.world().roleExists(invoices.role())).isFalse();
            assertThat(shell.run("kubectl get crd,clusterroles,clusterrolebindings -o name"))
                    .doesNotContain("irsa");
            ConsoleUser.removeRole(cluster.world(), ledger.role());

            guide.run(
                    "helm install irsa-operator deploy/charts/irsa-operator --namespace irsa-operator --create-namespace");
            World.await().untilAsserted(cluster::leader);
        });
    }

    private void upgradeAndRollBack(GuideRun guide, AppliedResource invoices) throws IOException {
        String before = invoices.resourceVersion();
        List<String> pods = podNames();
        cluster.world().proxy().clear();
        new NextChartVersion(shell.folder().resolve("deploy/charts/irsa-operator")).make();
        Files.writeString(shell.folder().resolve("values.yaml"), VALUES + "podAnnotations: {note: next}\n");

        guide.run("helm upgrade");
        assertThat(podNames()).hasSameSizeAs(pods).doesNotContainAnyElementsOf(pods);
        assertThat(shell.run("kubectl get iamsa --namespace payments")).contains("NOTE");
        assertUntouched(invoices, before);

        guide.run("helm rollback");
        assertThat(shell.run("kubectl get iamsa --namespace payments")).doesNotContain("NOTE");
        // The default entitlement was away for a moment, and the status says so for as long: those who were not Ready
        // when
        // the operator began are given again what they should have, as IAM may show what was before. Nothing is taken.
        cluster.awaitSweeps();
        invoices.awaitReady();
        assertThat(cluster.awsWrites())
                .extracting(AwsCall::action)
                .isSubsetOf("UpdateAssumeRolePolicy", "AttachRolePolicy", "PutRolePolicy");
        Files.writeString(shell.folder().resolve("values.yaml"), VALUES);
    }

    private void uninstallAndInstallAgain(GuideRun guide, List<AppliedResource> resources) {
        guide.run("helm uninstall irsa-operator --namespace irsa-operator --wait");
        World.await().until(() -> cluster.pods().isEmpty());
        AppliedResource invoices = resources.getFirst();
        AppliedResource reports = resources.get(1).delete();
        AppliedResource ledger = resources.getLast().delete();
        assertThat(resources).allMatch(AppliedResource::exists);
        assertThat(resources)
                .allMatch(resource -> cluster.world().roleExists(resource.role()))
                .allMatch(AppliedResource::hasServiceAccount);
        guide.run("kubectl patch iamserviceaccount ledger");
        ledger.awaitGone();
        assertThat(cluster.world().roleExists(ledger.role())).isTrue();

        String before = invoices.resourceVersion();
        guide.run(INSTALL);
        reports.awaitGone();
        assertThat(cluster.world().roleExists(reports.role())).isFalse();
        cluster.world().proxy().clear();
        assertUntouched(invoices, before);

        shell.run("helm uninstall irsa-operator --namespace irsa-operator --wait");
        guide.run("helm install irsa ");
        assertUntouched(invoices, before);
        shell.run("helm uninstall irsa --namespace irsa-operator --wait");
        shell.run(INSTALL + " --take-ownership --force-conflicts");
        assertUntouched(invoices, before);
    }

    @Test
    void ofTwoReplicasOneWorksUntilItEndsAndThenTheOther() {
        shell.run(INSTALL + " --create-namespace");
        AppliedResource invoices = cluster.ready(cluster.world().namespace(), "invoices");
        List<String> both = podNames();
        String leader = name(cluster.leader());
        assertThat(both).hasSize(2);

        kubectl("delete", "pod", leader, "--namespace", HelmCluster.NAMESPACE);
        World.await()
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(name(cluster.leader())).isIn(both).isNotEqualTo(leader));
        invoices.spec("{role: {description: changed}, policies: {managed: [AWSXRayDaemonWriteAccess]}}")
                .awaitReady();

        assertThat(cluster.world().role(invoices.role()).description()).isEqualTo("changed");
        cluster.assertNothingWasRefused("irsa-operator");
    }

    @Test
    void limitedToNamespacesItWorksThereAndNowhereElse() {
        String inside = cluster.world().namespace();
        String outside = cluster.world().namespace();
        shell.run(INSTALL + " --create-namespace --set watchNamespaces={" + inside + "}");
        kubectl("label", "namespace", outside, "irsa.dev/entitlement=default");
        AppliedResource untouched = new AppliedResource(cluster.world(), outside, "invoices").spec("{}");
        String before = untouched.resourceVersion();

        AppliedResource invoices = cluster.ready(inside, "invoices");
        invoices.delete().awaitGone();

        cluster.awaitSweeps();
        assertThat(untouched.resourceVersion()).isEqualTo(before);
        assertThat(cluster.world().roleExists(untouched.role())).isFalse();
        cluster.assertNothingWasRefused("irsa-operator");
        assertThat(shell.run("kubectl get clusterroles -o name | grep irsa-operator"))
                .isEqualTo("clusterrole.rbac.authorization.k8s.io/irsa-operator-limits\n");
    }

    /** Neither written in Kubernetes, nor anything in AWS. */
    private void assertUntouched(AppliedResource resource, String before) {
        cluster.awaitSweeps();
        assertThat(resource.resourceVersion()).as("%s", resource.get("{}")).isEqualTo(before);
        assertThat(cluster.awsWrites()).isEmpty();
    }

    private List<String> podNames() {
        return cluster.pods().stream().map(HelmLifeIT::name).toList();
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    private void kubectl(String... arguments) {
        cluster.world().kubectl().run(arguments).orThrow();
    }
}
