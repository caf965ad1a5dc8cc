package dev.irsa.kubectl;

import dev.irsa.config.InvalidConfiguration;
import dev.irsa.config.SettingsOptions;
import dev.irsa.core.text.Documentation;
import dev.irsa.kubernetes.ClusterDiscovery;
import dev.irsa.kubernetes.OperatorInfo;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say where the settings of the operator are. */
final class OperatorOptions {
    private static final String KEY = "operator.json";

    @Option(
            names = "--operator-namespace",
            paramLabel = "NAMESPACE",
            description = "Namespace of the operator. Default: ${DEFAULT-VALUE}")
    String namespace = "irsa-operator";

    @Option(
            names = "--operator-name",
            paramLabel = "NAME",
            description = "Name of the operator's Deployment. Default: ${DEFAULT-VALUE}")
    String name = "irsa-operator";

    @Option(
            names = "--operator-settings",
            paramLabel = "FILE",
            description = "File with the settings of the operator: the key " + KEY
                    + " of its ConfigMap. Default: the ConfigMap in the cluster")
    @Nullable
    Path settings;

    private final Set<Documentation> documentations = ConcurrentHashMap.newKeySet();

    /**
     * Returns the documentation as the operator publishes it; the project's own pages until its settings were read, and if several
     * clusters differ.
     */
    Documentation documentation() {
        List<Documentation> published = List.copyOf(documentations);
        return published.size() == 1 ? published.getFirst() : Documentation.HOME;
    }

    /**
     * Returns the settings of the operator, with the flags that replace some of them.
     *
     * @throws StartFailure if they cannot be read, with what to do
     */
    OperatorSettings read(KubernetesClient client, SettingsOptions flags) throws StartFailure {
        OperatorSettings known = settings == null
                ? parse(configMap(client)
                        .orElseThrow(() -> environment("there is no configmap " + namespace + "/" + configMapName()
                                + "; install the operator, or set --operator-namespace and --operator-name; for an operator that you"
                                + " started with make run, pass --operator-settings target/operator.json")))
                : inFile(settings);
        documentations.add(known.documentation());
        try {
            return flags.override(known);
        } catch (InvalidConfiguration e) {
            throw new StartFailure(StartFailure.CONFIGURATION, String.join("; ", e.problems()));
        }
    }

    /**
     * Returns the settings; empty if no operator is installed, or the user may not read them.
     *
     * @param warn receives why they cannot be read
     * @throws StartFailure if the file of the flag cannot be read
     */
    Optional<OperatorSettings> find(KubernetesClient client, Consumer<String> warn) throws StartFailure {
        Optional<OperatorSettings> known = settings == null ? inCluster(client, warn) : Optional.of(inFile(settings));
        known.ifPresent(found -> documentations.add(found.documentation()));
        return known;
    }

    /**
     * Requires that the settings are of this cluster. Those in the cluster always are.
     *
     * @param read the settings, as this class returned them
     * @throws StartFailure if they are of another cluster, or that is not known
     */
    void requireCluster(KubernetesClient client, OperatorSettings read) throws StartFailure {
        if (settings == null) {
            return;
        }
        String found;
        try {
            found = new ClusterDiscovery(client).id();
        } catch (KubernetesClientException e) {
            throw environment(
                    "it is not known whether --operator-settings is of this cluster, which the UID of namespace"
                            + " kube-system shows: " + e.getMessage() + "; ask for the permission to get it");
        }
        if (!found.equals(read.identity().id())) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "--operator-settings is of another cluster, which has other roles; pass the file of this cluster, or set"
                            + " --context");
        }
    }

    private Optional<OperatorSettings> inCluster(KubernetesClient client, Consumer<String> warn) {
        try {
            Optional<ConfigMap> found = configMap(client);
            return found.isEmpty() ? Optional.empty() : Optional.of(parse(found.get()));
        } catch (StartFailure e) {
            warn.accept(e.problem());
            return Optional.empty();
        }
    }

    private Optional<ConfigMap> configMap(KubernetesClient client) throws StartFailure {
        try {
            return Optional.ofNullable(client.configMaps()
                    .inNamespace(namespace)
                    .withName(configMapName())
                    .get());
        } catch (KubernetesClientException e) {
            throw environment(
                    e.getCode() == 403
                            ? "you do not have the permission to get configmap " + configMapName() + " in namespace "
                                    + namespace
                                    + "; ask for it, or pass --operator-settings with a file"
                            : "the API server does not return configmap " + namespace + "/" + configMapName() + ": "
                                    + e.getMessage());
        }
    }

    private String configMapName() {
        return name + "-info";
    }

    private OperatorSettings inFile(Path file) throws StartFailure {
        String remedy = "; run: kubectl get configmap " + configMapName() + " --namespace " + namespace
                + " --output jsonpath='{.data.operator\\.json}' > " + file;
        try {
            return OperatorInfo.read(Map.of(KEY, Files.readString(file)))
                    .orElseThrow(() -> invalid(file + " is empty" + remedy));
        } catch (IOException e) {
            throw invalid("cannot read " + file + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw invalid(file + " cannot be read: " + e.getMessage() + remedy);
        }
    }

    private OperatorSettings parse(ConfigMap found) throws StartFailure {
        String source = "configmap " + namespace + "/" + configMapName();
        try {
            return OperatorInfo.read(Objects.requireNonNullElse(found.getData(), Map.of()))
                    .orElseThrow(() -> environment(source + " has no settings yet; the operator writes them when it has"
                            + " started; see: kubectl logs deployment/" + name + " --namespace " + namespace));
        } catch (IllegalArgumentException e) {
            throw environment(source + " cannot be read: " + e.getMessage());
        }
    }

    private static StartFailure invalid(String problem) {
        return new StartFailure(StartFailure.CONFIGURATION, "--operator-settings: " + problem);
    }

    private static StartFailure environment(String problem) {
        return new StartFailure(StartFailure.ENVIRONMENT, problem);
    }
}
