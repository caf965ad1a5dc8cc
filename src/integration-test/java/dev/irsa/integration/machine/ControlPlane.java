package dev.irsa.integration.machine;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A real Kubernetes without nodes: etcd, kube-apiserver and the controllers that delete namespaces, collect garbage,
 * add up aggregated roles and make default ServiceAccounts. Its files and logs lie in a folder of its own below {@code target/machine}.
 */
public final class ControlPlane implements AutoCloseable {
    /** The user, and the token, that may do everything. */
    public static final String ADMIN = "admin";

    private static final Duration START = Duration.ofSeconds(90);

    private final ControlPlanePrograms programs;
    private final URI server;
    private final Kubeconfigs kubeconfigs;
    private final Path adminKubeconfig;
    private final String issuer;
    private final Program etcd;
    private final Program apiServer;
    private final Program controllerManager;
    private Optional<KubernetesClient> client = Optional.empty();

    private ControlPlane(Path folder, ControlPlaneSettings settings) throws IOException {
        issuer = settings.issuer();
        programs = ControlPlanePrograms.in(folder);
        server = URI.create("https://127.0.0.1:" + programs.apiServerPort());
        kubeconfigs = new Kubeconfigs(folder, server, programs.certificate());
        adminKubeconfig = kubeconfigs.write(ADMIN, ADMIN);
        etcd = programs.etcd();
        apiServer = programs.apiServer(settings.withUser(ADMIN, "system:masters"));
        controllerManager = programs.controllerManager(adminKubeconfig, settings);
    }

    /** Starts one as EKS has it. */
    public static ControlPlane start() {
        return start(ControlPlaneSettings.likeEks());
    }

    /** Starts it and returns when the API server is ready and the controllers work. */
    public static ControlPlane start(ControlPlaneSettings settings) {
        try {
            var parent = Files.createDirectories(Path.of("target", "machine").toAbsolutePath());
            var controlPlane = new ControlPlane(Files.createTempDirectory(parent, "control-plane-"), settings);
            try {
                controlPlane.startAll();
                return controlPlane;
            } catch (RuntimeException e) {
                controlPlane.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the control plane", e);
        }
    }

    private void startAll() {
        etcd.start();
        apiServer.start();
        // A client reads the certificate when it is made; the key is what the server writes last.
        await("the API server has a certificate", apiServer, () -> Files.exists(programs.certificateKey()));
        client = Optional.of(clientOf(adminKubeconfig));
        await("the API server is ready", apiServer, this::isReady);
        controllerManager.start();
        await("the controllers work", controllerManager, this::hasDefaultServiceAccount);
    }

    /** Of its files and logs. */
    public Path folder() {
        return programs.folder();
    }

    /** Where the API server answers. */
    public URI server() {
        return server;
    }

    /** Of its ServiceAccount tokens. */
    public String issuer() {
        return issuer;
    }

    /** For whoever wants to be the administrator. */
    public Path kubeconfig() {
        return adminKubeconfig;
    }

    /** A kubeconfig for a user of the settings, or for whoever has that token. */
    public Path kubeconfig(String name, String token) {
        return kubeconfigs.write(name, token);
    }

    /** The same user on a way to the API server that can be cut. */
    public Path kubeconfigThrough(TcpProxy proxy, Path kubeconfig) {
        return kubeconfigs.through(proxy.uri(), kubeconfig);
    }

    /**
     * A kubeconfig for a ServiceAccount, with a token for the API server, good for an hour. It is waited for: a
     * namespace gets its default one a moment after it is there.
     */
    public Path kubeconfigOfServiceAccount(String namespace, String name) {
        return kubeconfigOfServiceAccount(namespace, name, Duration.ofHours(1));
    }

    /** The same with a token that is good for longer. */
    public Path kubeconfigOfServiceAccount(String namespace, String name, Duration life) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(life.toSeconds())
                .endSpec()
                .build();
        var account = client().serviceAccounts().inNamespace(namespace).withName(name);
        Awaitility.await("ServiceAccount " + name + " in namespace " + namespace)
                .until(() -> account.get() != null);
        var token = account.tokenRequest(request);
        return kubeconfigs.write(namespace + "." + name, token.getStatus().getToken());
    }

    /** The administrator's client, closed with this. */
    public KubernetesClient client() {
        return client.orElseThrow();
    }

    /** Another client, which the caller closes. It does not retry: tests want to see what the server says. */
    public KubernetesClient clientOf(Path kubeconfig) {
        var config = Config.fromKubeconfig(kubeconfig.toFile());
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Cuts everybody off. The data stays. */
    public void stopApiServer() {
        apiServer.kill();
    }

    /** Starts it on the port where it was, and returns when it is ready. */
    public void startApiServer() {
        apiServer.start();
        await("the API server is ready", apiServer, this::isReady);
    }

    /** As a crash of the only member would: what was written stays. The API server lives on. */
    public void stopEtcd() {
        etcd.kill();
    }

    /** Starts it on its data, and returns when the API server is ready. */
    public void startEtcd() {
        etcd.start();
        await("the API server is ready", apiServer, this::isReady);
    }

    /** Lets the API server's requests hang, as a slow disk of etcd does. */
    public void freezeEtcd() {
        etcd.running().signal("STOP");
    }

    /** Ends what {@link #freezeEtcd()} began. */
    public void thawEtcd() {
        etcd.running().signal("CONT");
    }

    private static void await(String what, Program program, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        program.running().assertAlive();
                        return condition.call();
                    });
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(
                    e.getMessage() + "; " + program.running().endOfLog(), e);
        }
    }

    private boolean hasDefaultServiceAccount() {
        return client().serviceAccounts()
                        .inNamespace("default")
                        .withName("default")
                        .get()
                != null;
    }

    private boolean isReady() {
        try {
            return "ok".equals(client().raw("/readyz"));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    @Override
    public void close() {
        client.ifPresent(KubernetesClient::close);
        controllerManager.close();
        apiServer.close();
        etcd.close();
        programs.deleteEtcdData();
    }
}
