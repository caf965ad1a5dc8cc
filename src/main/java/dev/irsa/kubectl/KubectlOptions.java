package dev.irsa.kubectl;

import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.runtime.Kubeconfig;
import dev.irsa.runtime.KubernetesClients;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that the commands of {@code kubectl irsa} share, named as kubectl names them. */
final class KubectlOptions {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Namespace. Default: the namespace of the kubeconfig context")
    @Nullable
    String namespace;

    @Option(
            names = "--context",
            paramLabel = "CONTEXT",
            description = "Context of the kubeconfig. Default: the current one")
    @Nullable
    String context;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Kubeconfig. Default: KUBECONFIG, or ~/.kube/config")
    @Nullable
    Path kubeconfig;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Output format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    OutputFormat output = OutputFormat.table;

    /** Returns a client for the chosen cluster. It does not retry. Setting up HTTP/2 takes longer than it saves. */
    KubernetesClient connect() throws StartFailure {
        Config config = Kubeconfig.read(Optional.ofNullable(kubeconfig), Optional.ofNullable(context));
        return KubernetesClients.failFast(
                new ConfigBuilder(config).withHttp2Disable(true).build(), TIMEOUT);
    }

    /** Returns the chosen namespace. */
    String namespace(KubernetesClient client) {
        return Optional.ofNullable(namespace)
                .or(() -> Optional.ofNullable(client.getNamespace()))
                .orElse("default");
    }
}
