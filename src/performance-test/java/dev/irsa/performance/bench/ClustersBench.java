package dev.irsa.performance.bench;

import dev.irsa.integration.machine.AnswersBesideMoto;
import dev.irsa.integration.machine.AuditLog;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.OidcProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Measures commands that read three clusters, whose roles are in one account, beside the same commands for one of them. */
final class ClustersBench implements AutoCloseable {
    private static final int CLUSTERS = 3;
    private static final String USER = "reader";

    private final BenchMachine machine;
    private final List<Cluster> clusters = new ArrayList<>();

    private ClustersBench(BenchMachine machine) {
        this.machine = machine;
    }

    /** @param name of the context and of the entry for the cluster */
    private record Cluster(String name, ControlPlane controlPlane, AuditLog audit) {
        /** Starts a cluster with an issuer of its own. */
        static Cluster start(String name) {
            var audit = AuditLog.ofUser(USER);
            return new Cluster(
                    name,
                    ControlPlane.start(audit.settings()
                            .withIssuer("https://" + name + ".example.com")
                            .withUser(USER, "system:masters")),
                    audit);
        }

        /** The entry of a cluster in EKS names its account. */
        String arn() {
            return "arn:aws:eks:eu-west-1:123456789012:cluster/" + name;
        }

        long requests() {
            return audit.countSinceLast().values().stream()
                    .mapToLong(count -> count)
                    .sum();
        }
    }

    /** Returns the table, for this number of roles in each cluster. */
    static Table measure(BenchMachine machine, int roles, Duration latency) throws IOException, InterruptedException {
        machine.resetAws(Duration.ZERO);
        try (var bench = new ClustersBench(machine)) {
            for (var number = 1; number <= CLUSTERS; number++) {
                bench.add(Cluster.start("cluster-" + number), roles);
            }
            machine.proxy.faults().on("*").delay(latency);
            AnswersBesideMoto.add(machine.proxy.faults());
            return bench.table(roles);
        }
    }

    private void add(Cluster cluster, int roles) {
        clusters.add(cluster);
        var kubectl = new Kubectl(cluster.controlPlane().kubeconfig());
        kubectl.run("apply", "--server-side", "-f", "crds/").orThrow();
        try (var iam = IamClients.at(machine.moto.endpoint())) {
            OidcProvider.ensure(iam, cluster.controlPlane().issuer());
        }
        new RolesOfOthers(cluster.controlPlane(), machine.moto.endpoint(), cluster.name()).create(roles);
        Awaitility.await("the API server serves the resources")
                .until(() -> kubectl.run("get", "iamaccounts,iamserviceaccounts", "--all-namespaces")
                                .exitCode()
                        == 0);
    }

    private Table table(int roles) throws IOException, InterruptedException {
        var kubeconfig = kubeconfig();
        var rows = new ArrayList<List<String>>();
        for (var command : List.of(
                List.of("get", "--all-namespaces", "--unused=0d"),
                List.of("who-can", "s3:PutObject", "arn:aws:s3:::bucket-1/*", "--all-namespaces"))) {
            for (var count : List.of(1, CLUSTERS)) {
                clusters.forEach(Cluster::requests);
                var contexts = clusters.stream().limit(count).map(Cluster::name).collect(Collectors.joining(","));
                var run = PluginRun.measure(
                        machine,
                        Stream.concat(
                                        command.stream(),
                                        Stream.of("--kubeconfig=" + kubeconfig, "--contexts=" + contexts))
                                .toList());
                rows.add(List.of(
                        "`" + command.getFirst() + "`",
                        Integer.toString(count),
                        Integer.toString(count * roles),
                        run.seconds(),
                        run.peakMiB(),
                        Long.toString(run.callCount()),
                        Long.toString(
                                clusters.stream().mapToLong(Cluster::requests).sum())));
            }
        }
        return new Table(
                List.of(
                        "command",
                        "clusters",
                        "roles",
                        "time, s",
                        "peak memory, MiB",
                        "AWS calls",
                        "requests to API servers"),
                rows);
    }

    private Path kubeconfig() throws IOException {
        return Files.writeString(Files.createTempFile("clusters-bench-", ".kubeconfig"), """
                apiVersion: v1
                kind: Config
                users: [{name: "%s", user: {token: "%s"}}]
                clusters:
                %s
                contexts:
                %s
                """.formatted(
                        USER,
                        USER,
                        lines(cluster -> "- {name: \"%s\", cluster: {server: \"%s\", certificate-authority: \"%s\"}}"
                                .formatted(
                                        cluster.arn(),
                                        cluster.controlPlane().server(),
                                        cluster.controlPlane().authority())),
                        lines(cluster -> "- {name: %s, context: {cluster: \"%s\", user: \"%s\"}}"
                                .formatted(cluster.name(), cluster.arn(), USER))));
    }

    private String lines(Function<Cluster, String> line) {
        return clusters.stream().map(line).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        clusters.forEach(cluster -> cluster.controlPlane().close());
    }
}
