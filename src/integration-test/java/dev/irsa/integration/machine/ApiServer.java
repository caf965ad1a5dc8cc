package dev.irsa.integration.machine;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Path;

/** An additional API server of a control plane. */
public final class ApiServer implements AutoCloseable {
    private final Program program;
    private final URI address;
    private final Path kubeconfig;
    private final KubernetesClient client;

    ApiServer(Program program, URI address, Path kubeconfig, KubernetesClient client) {
        this.program = program;
        this.address = address;
        this.kubeconfig = kubeconfig;
        this.client = client;
    }

    public URI address() {
        return address;
    }

    /** Returns the kubeconfig of the administrator. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Returns the client of the administrator. */
    public KubernetesClient client() {
        return client;
    }

    /** Kills it. */
    public void stop() {
        program.kill();
    }

    /** Starts it again, and does not wait for it. */
    public void start() {
        program.start();
    }

    @Override
    public void close() {
        client.close();
        program.close();
    }
}
