package dev.irsa.integration.machine;

import dev.irsa.fixtures.process.Processes;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Argo CD without its web server: the repository server renders, and the application controller compares and applies. It
 * compares every five seconds. Its files and logs are in a folder below {@code target/machine}.
 */
public final class ArgoCd implements AutoCloseable {
    /** The namespace of its own objects. */
    public static final String NAMESPACE = "argocd";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String OBJECTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: argocd}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {namespace: argocd, name: argocd-secret, labels: {app.kubernetes.io/part-of: argocd}}
            stringData: {server.secretkey: c2VjcmV0}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {namespace: argocd, name: argocd-cm, labels: {app.kubernetes.io/part-of: argocd}}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: AppProject
            metadata: {namespace: argocd, name: default}
            spec:
              sourceRepos: ["*"]
              destinations: [{server: "*", namespace: "*"}]
              clusterResourceWhitelist: [{group: "*", kind: "*"}]
            """;

    private final Path folder;
    private final Path kubeconfig;
    private final List<Processes.Running> running = new ArrayList<>();

    private ArgoCd(Path folder, Path kubeconfig) {
        this.folder = folder;
        this.kubeconfig = kubeconfig;
    }

    /** Installs Argo CD with its default settings as the user of this kubeconfig and starts it. */
    public static ArgoCd start(Path kubeconfig) {
        var kubectl = new Kubectl(kubeconfig);
        kubectl.run("apply", "--server-side", "--kustomize=" + Tool.ARGOCD_DEFINITIONS.path())
                .orThrow();
        Awaitility.await("the API server serves Argo CD's kinds")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> kubectl.apply(OBJECTS).orThrow());
        try {
            var parent = Files.createDirectories(Path.of("target", "machine").toAbsolutePath());
            var argoCd = new ArgoCd(Files.createTempDirectory(parent, "argocd-"), kubeconfig);
            try {
                argoCd.startAll();
                return argoCd;
            } catch (RuntimeException e) {
                argoCd.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare Argo CD", e);
        }
    }

    /** Returns the folder for its files. */
    public Path folder() {
        return folder;
    }

    /** Fails when one of its programs has ended. */
    public void assertAlive() {
        running.forEach(Processes.Running::assertAlive);
    }

    private void startAll() {
        var redis = Integer.toString(Processes.freePort());
        start(
                "redis",
                Map.of(),
                Tool.REDIS.path().toString(),
                "--bind",
                LOOPBACK,
                "--port",
                redis,
                "--save",
                "",
                "--appendonly",
                "no");
        var repoServer = Integer.toString(Processes.freePort());
        part(
                "argocd-repo-server",
                "--address=" + LOOPBACK,
                "--port=" + repoServer,
                "--metrics-address=" + LOOPBACK,
                "--metrics-port=" + Processes.freePort(),
                "--redis=" + LOOPBACK + ":" + redis);
        part(
                "argocd-application-controller",
                "--kubeconfig=" + kubeconfig,
                "--namespace=" + NAMESPACE,
                "--repo-server=" + LOOPBACK + ":" + repoServer,
                "--metrics-port=" + Processes.freePort(),
                "--redis=" + LOOPBACK + ":" + redis,
                "--app-resync=5",
                "--app-resync-jitter=0");
    }

    private void part(String name, String... flags) {
        var command = Stream.concat(Stream.of(Tool.ARGOCD.path().toString()), Stream.of(flags))
                .toArray(String[]::new);
        start(name, environment(name), command);
    }

    private void start(String name, Map<String, String> environment, String... command) {
        running.add(Processes.start(name, List.of(command), environment, folder.resolve(name + ".log")));
    }

    private Map<String, String> environment(String part) {
        var environment = new HashMap<>(Map.of(
                "ARGOCD_BINARY_NAME",
                part,
                "KUBECONFIG",
                kubeconfig.toString(),
                "ARGOCD_FAKE_IN_CLUSTER",
                "true",
                "ARGOCD_GPG_ENABLED",
                "false",
                // It looks up helm on this path.
                "PATH",
                Tool.HELM.path().getParent()
                        + File.pathSeparator
                        + Optional.ofNullable(System.getenv("PATH")).orElse("")));
        Stream.of(
                        "ARGOCD_TLS_DATA_PATH",
                        "ARGOCD_SSH_DATA_PATH",
                        "ARGOCD_GNUPGHOME",
                        "ARGOCD_GPG_DATA_PATH",
                        "ARGOCD_PLUGINSOCKFILEPATH",
                        "TMPDIR")
                .forEach(variable ->
                        environment.put(variable, newFolder(variable).toString()));
        return environment;
    }

    private Path newFolder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for Argo CD", e);
        }
    }

    @Override
    public void close() {
        running.reversed().forEach(Processes.Running::close);
    }
}
