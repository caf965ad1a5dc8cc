package dev.irsa.performance.upgrade;

import dev.irsa.integration.kubelet.Images;
import dev.irsa.integration.kubelet.Kubelet;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ControlPlaneSettings;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.OidcProvider;
import dev.irsa.integration.machine.Shell;
import dev.irsa.integration.machine.Tool;
import dev.irsa.performance.bench.IamClients;
import dev.irsa.performance.bench.OperatorBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * A cluster with one node, an AWS account, and Helm. The tags {@code before} and {@code after} of the image have the operators
 * of two checkouts.
 *
 * @param before the checkout of the earlier operator
 */
record UpgradeMachine(ControlPlane controlPlane, Kubelet kubelet, Moto moto, FaultProxy proxy, Shell shell, Path before)
        implements AutoCloseable {
    static final String NAMESPACE = "irsa-operator";

    private static final String CLUSTER = "prod";
    private static final Duration LATENCY = Duration.ofMillis(30);
    private static final Path CHART = Path.of("deploy", "charts", "irsa-operator");

    /**
     * Starts everything but the operator.
     *
     * @param folder for the files of Helm
     */
    static UpgradeMachine start(Path before, Path folder) throws IOException {
        Images images = new Images(Map.of(
                "before", new OperatorBuild(before).entrypoint(),
                "after", new OperatorBuild(Path.of("").toAbsolutePath()).entrypoint()));
        ControlPlane controlPlane = ControlPlane.start(ControlPlaneSettings.likeEks()
                .withController("deployment-controller")
                .withController("replicaset-controller")
                .withController("disruption-controller"));
        Moto moto = Moto.start();
        try (IamClient iam = IamClients.at(moto.endpoint())) {
            OidcProvider.ensure(iam, controlPlane.issuer());
        }
        FaultProxy proxy = FaultProxy.before(moto.endpoint());
        proxy.faults().on("*").delay(LATENCY);
        Kubelet kubelet = Kubelet.start(
                controlPlane, Map.of("AWS_ENDPOINT_URL", proxy.uri().toString()), images);
        Shell shell = Shell.in(folder, controlPlane.kubeconfig())
                .withProgram("helm", List.of(Tool.HELM.path().toString()))
                .with("HELM_CACHE_HOME", folder + "/helm-cache")
                .with("HELM_CONFIG_HOME", folder + "/helm-config")
                .with("HELM_DATA_HOME", folder + "/helm-data");
        // moto's ListRoles skips a role if another one was deleted between two pages. All roles fit into one page.
        Files.writeString(folder.resolve("values.yaml"), """
                clusterName: %s
                image: {repository: registry.example.com/irsa-operator}
                aws: {roleArn: "arn:aws:iam::123456789012:role/irsa-operator"}
                defaultEntitlement:
                  allow: {managedPolicies: [AmazonSQSReadOnlyAccess]}
                  limits: {rolesPerNamespace: 1000}
                config: {sweepPageSize: 1000}
                """.formatted(CLUSTER));
        return new UpgradeMachine(controlPlane, kubelet, moto, proxy, shell, before);
    }

    /** Returns the role of a resource of the workload. */
    static String role(String resource) {
        return CLUSTER + "_" + Workload.NAMESPACE + "_" + resource;
    }

    /** Returns a client of the account, which the caller closes. Its calls do not pass the proxy. */
    IamClient iam() {
        return IamClients.at(moto.endpoint());
    }

    /** Installs the earlier operator, and makes its default entitlement part of the release with an upgrade. */
    void installBefore() {
        helm("install", before.resolve(CHART), "before");
        helm("upgrade", before.resolve(CHART), "before");
    }

    /** Upgrades to this operator and returns when its pods are ready. */
    void upgrade() {
        helm("upgrade", CHART, "after");
    }

    /** Rolls back to the earlier operator and returns when its pods are ready. */
    void rollBack() {
        shell.run("helm rollback irsa-operator --namespace " + NAMESPACE + " --wait");
    }

    private void helm(String command, Path chart, String tag) {
        shell.run("helm " + command + " irsa-operator '" + chart + "' --namespace " + NAMESPACE
                + (command.equals("install") ? " --create-namespace" : "")
                + " --values values.yaml --set image.tag=" + tag + " --wait");
    }

    @Override
    public void close() {
        kubelet.close();
        controlPlane.close();
        proxy.close();
        moto.close();
    }
}
