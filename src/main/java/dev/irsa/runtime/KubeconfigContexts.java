package dev.irsa.runtime;

import dev.irsa.core.collection.Sorted;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of a kubeconfig.
 *
 * @param byName how each context reaches its cluster
 * @param current the current context; empty if there is none
 */
public record KubeconfigContexts(SortedMap<String, Access> byName, Optional<String> current) {
    public KubeconfigContexts {
        byName = Sorted.copyOf(byName);
    }

    /**
     * How a context reaches its cluster, with empty texts for what it does not say. Contexts that do the same are of the same cluster.
     * The address alone does not show that, because a proxy may choose the cluster by the user.
     *
     * @param server the URL
     * @param tlsServerName the name that the server is asked for
     * @param proxy the URL of a proxy before the server
     * @param user the name of the entry for the user
     */
    public record Access(String server, String tlsServerName, String proxy, String user) {}

    /** Reads files that are merged. The first one that has a value counts, as for kubectl. */
    static KubeconfigContexts of(List<Path> files) throws IOException {
        KubernetesSerialization yaml = new KubernetesSerialization();
        Map<String, Cluster> clusters = new HashMap<>();
        SortedMap<String, Context> contexts = new TreeMap<>();
        Optional<String> current = Optional.empty();
        for (Path file : files) {
            Config read =
                    Objects.requireNonNullElseGet(yaml.unmarshal(Files.readString(file), Config.class), Config::new);
            Stream.ofNullable(read.getClusters())
                    .flatMap(List::stream)
                    .forEach(cluster -> clusters.putIfAbsent(
                            text(cluster.getName()),
                            Objects.requireNonNullElseGet(cluster.getCluster(), Cluster::new)));
            Stream.ofNullable(read.getContexts())
                    .flatMap(List::stream)
                    .forEach(context -> contexts.putIfAbsent(
                            context.getName(), Objects.requireNonNullElseGet(context.getContext(), Context::new)));
            current = current.or(
                    () -> Optional.ofNullable(read.getCurrentContext()).filter(name -> !name.isEmpty()));
        }
        SortedMap<String, Access> byName = new TreeMap<>();
        contexts.forEach((name, context) -> byName.put(name, access(context, clusters)));
        return new KubeconfigContexts(byName, current);
    }

    private static Access access(Context context, Map<String, Cluster> clusters) {
        Cluster cluster = clusters.getOrDefault(text(context.getCluster()), new Cluster());
        return new Access(
                text(cluster.getServer()),
                text(cluster.getTlsServerName()),
                text(cluster.getProxyUrl()),
                text(context.getUser()));
    }

    private static String text(@Nullable String given) {
        return Objects.requireNonNullElse(given, "");
    }

    /** Returns the names of all contexts, the current one first. */
    public List<String> all() {
        return Stream.concat(current.stream().filter(byName.keySet()::contains), byName.keySet().stream())
                .distinct()
                .toList();
    }

    /** Returns how a context reaches its cluster; empty if the kubeconfig does not say at which address it is. */
    public Optional<Access> access(String context) {
        return Optional.ofNullable(byName.get(context))
                .filter(access -> !access.server().isEmpty());
    }
}
