package dev.irsa.performance.bench;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.AuditLog;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.OidcProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything but the operator: a cluster with the CRDs, an account, and objects of other owners. */
final class BenchMachine implements AutoCloseable {
    static final String CLUSTER = "bench";
    private static final String USER = "irsa-operator";
    private static final String OPERATOR = "system:serviceaccount:" + USER + ":" + USER;

    final ControlPlane controlPlane;
    final Moto moto;
    final FaultProxy proxy;
    final AuditLog audit;

    private final String cluster;
    private final String jvmOptions;

    private BenchMachine(
            String cluster, ControlPlane controlPlane, Moto moto, FaultProxy proxy, AuditLog audit, String jvmOptions) {
        this.cluster = cluster;
        this.controlPlane = controlPlane;
        this.moto = moto;
        this.proxy = proxy;
        this.audit = audit;
        this.jvmOptions = jvmOptions;
    }

    static BenchMachine start(BenchOptions options) throws IOException {
        return start(options, AuditLog.ofUser(OPERATOR));
    }

    /** Starts it with a log that also has the requests of the user of the plugin. */
    static BenchMachine startForPlugin(BenchOptions options) throws IOException {
        return start(options, AuditLog.ofUser(OPERATOR, "admin"));
    }

    private static BenchMachine start(BenchOptions options, AuditLog audit) throws IOException {
        var moto = Moto.start();
        return start(CLUSTER, options, moto, FaultProxy.before(moto.endpoint()), audit);
    }

    /** Starts another cluster beside this one, with the same account. Close it before this one. */
    BenchMachine beside(String otherCluster, BenchOptions options) throws IOException {
        return start(otherCluster, options, moto, proxy, AuditLog.ofUser(OPERATOR));
    }

    private static BenchMachine start(String cluster, BenchOptions options, Moto moto, FaultProxy proxy, AuditLog audit)
            throws IOException {
        var controlPlane = ControlPlane.start(audit.settings());
        var machine = new BenchMachine(cluster, controlPlane, moto, proxy, audit, options.jvmOptions());
        machine.prepare(options);
        return machine;
    }

    private void prepare(BenchOptions options) {
        var kubectl = new Kubectl(controlPlane.kubeconfig());
        kubectl.run("apply", "--server-side", "-f", "crds/").orThrow();
        kubectl.run("apply", "-f", "deploy/rbac.yaml").orThrow();
        kubectl.run("apply", "-f", "src/fixtures/resources/manifests/everything.yaml")
                .orThrow();
        proxy.addForeignRoles(options.foreignRoles());
        ForeignAccounts.create(controlPlane.client(), options.foreignAccounts());
    }

    /** Resets the account to the OIDC provider only, and sets the latency of AWS calls. */
    void resetAws(Duration latency) {
        moto.reset();
        try (var iam = IamClients.at(moto.endpoint())) {
            OidcProvider.ensure(iam, controlPlane.issuer());
        }
        proxy.clear();
        proxy.faults().on("*").delay(latency);
    }

    /** Returns the launch of the packaged operator with the permissions of its ServiceAccount. */
    OperatorLaunch launch() {
        var launch = OperatorLaunch.of(cluster, controlPlane.kubeconfigOfServiceAccount(USER, USER), proxy.uri())
                .withArguments("--log-format=json");
        return jvmOptions.isEmpty() ? launch : launch.withEnvironment("_JAVA_OPTIONS", jvmOptions);
    }

    /** Returns launches of these entrypoints, in the same order. */
    Map<String, OperatorLaunch> launches(Map<String, List<String>> entrypoints) {
        var launches = new LinkedHashMap<String, OperatorLaunch>();
        entrypoints.forEach((name, entrypoint) -> launches.put(name, launch().withEntrypoint(entrypoint)));
        return launches;
    }

    @Override
    public void close() {
        if (!cluster.equals(CLUSTER)) {
            controlPlane.close();
            return;
        }
        proxy.close();
        moto.close();
        controlPlane.close();
    }
}
