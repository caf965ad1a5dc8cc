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
 * A real Kubernetes control plane without nodes: etcd, kube-apiserver, and the controllers for namespaces, garbage
 * collection, aggregated roles and default ServiceAccounts. Its files and logs are in a folder below
 * {@code target/machine}.
 */
public final class ControlPlane implements AutoCloseable {
    /** The name and the token of the administrator. */
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

    /** Starts a control plane with the settings of EKS. */
    public static ControlPlane start() {
        return start(ControlPlaneSettings.likeEks());
    }

    /** Starts a control plane and returns when the API server is ready and the controllers run. */
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
        // The client reads the certificate when it is created. The server writes the key last.
        await("the API server has a certificate", apiServer, () -> Files.exists(programs.certificateKey()));
        client = Optional.of(clientOf(adminKubeconfig));
        await("the API server is ready", apiServer, this::isReady);
        controllerManager.start();
        await("the controllers work", controllerManager, this::hasDefaultServiceAccount);
    }

    /** Returns the folder with its files and logs. */
    public Path folder() {
        return programs.folder();
    }

    /** Returns the address of the API server. */
    public URI server() {
        return server;
    }

    /** Returns the custom resources as they are stored. */
    public StoredObjects storedObjects() {
        return new StoredObjects(programs.etcdAddress());
    }

    /** Returns the file with its certificate authority. */
    public Path authority() {
        return programs.certificate();
    }

    /** Returns the issuer of its ServiceAccount tokens. */
    public String issuer() {
        return issuer;
    }

    /** Returns the kubeconfig of the administrator. */
    public Path kubeconfig() {
        return adminKubeconfig;
    }

    /** Writes a kubeconfig for a user of the settings or for a token. */
    public Path kubeconfig(String name, String token) {
        return kubeconfigs.write(name, token);
    }

    /** Writes a kubeconfig of the same user that connects through the proxy. */
    public Path kubeconfigThrough(TcpProxy proxy, Path kubeconfig) {
        return kubeconfigs.through(proxy.uri(), kubeconfig);
    }

    /**
     * Writes a kubeconfig with a token of a ServiceAccount, valid for an hour. Waits for the ServiceAccount, because a new
     * namespace gets its default one with a delay.
     */
    public Path kubeconfigOfServiceAccount(String namespace, String name) {
        return kubeconfigOfServiceAccount(namespace, name, Duration.ofHours(1));
    }

    /** Writes a kubeconfig with a token of this lifetime. */
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

    /** Returns the administrator's client, which is closed with the control plane. */
    public KubernetesClient client() {
        return client.orElseThrow();
    }

    /** Creates a client without retries, so that tests see every answer. The caller closes it. */
    public KubernetesClient clientOf(Path kubeconfig) {
        var config = Config.fromKubeconfig(kubeconfig.toFile());
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Kills the API server. The data stays. */
    public void stopApiServer() {
        apiServer.kill();
    }

    /** Starts the API server on its previous port and returns when it is ready. */
    public void startApiServer() {
        apiServer.start();
        await("the API server is ready", apiServer, this::isReady);
    }

    /**
     * Starts another API server on the same data, with a signing key that only it has. It has the certificate and the users of the first.
     *
     * @param folder for its files
     * @param itsIssuer the issuer of the tokens that it signs
     */
    public ApiServer startAnother(Path folder, String itsIssuer) throws IOException {
        var other = programs.onOtherPort(folder);
        var program = other.apiServer(ControlPlaneSettings.likeEks()
                .withIssuer(itsIssuer)
                .withUser(ADMIN, "system:masters")
                .withApiServerFlag("--cert-dir=" + programs.certificate().getParent()));
        program.start();
        var address = URI.create("https://127.0.0.1:" + other.apiServerPort());
        var kubeconfig = kubeconfigs.through(address, adminKubeconfig);
        var started = new ApiServer(program, address, kubeconfig, clientOf(kubeconfig));
        await("the other API server is ready", program, () -> isReady(started.client()));
        return started;
    }

    /** Restarts the controllers, so that they discover the kinds that the API server serves now. */
    public void restartControllers() {
        controllerManager.kill();
        controllerManager.start();
    }

    /** Kills etcd, as a crash of its only member. The data stays and the API server keeps running. */
    public void stopEtcd() {
        etcd.kill();
    }

    /** Starts etcd on its data and returns when the API server is ready. */
    public void startEtcd() {
        etcd.start();
        await("the API server is ready", apiServer, this::isReady);
    }

    /** Freezes etcd, so that requests to the API server hang as with a slow disk. */
    public void freezeEtcd() {
        etcd.running().signal("STOP");
    }

    /** Resumes etcd after {@link #freezeEtcd()}. */
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
        return isReady(client());
    }

    private static boolean isReady(KubernetesClient client) {
        try {
            return "ok".equals(client.raw("/readyz"));
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
