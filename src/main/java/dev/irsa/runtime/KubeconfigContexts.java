package dev.irsa.runtime;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The contexts of a kubeconfig.
 *
 * @param clusters the name of the entry for the cluster, by the name of the context
 * @param current the current context; empty if there is none
 */
public record KubeconfigContexts(SortedMap<String, String> clusters, Optional<String> current) {
    public KubeconfigContexts {
        clusters = Collections.unmodifiableSortedMap(new TreeMap<>(clusters));
    }

    /** Reads files that are merged. The first one that has a value counts, as for kubectl. */
    static KubeconfigContexts of(List<Path> files) throws IOException {
        KubernetesSerialization yaml = new KubernetesSerialization();
        SortedMap<String, String> clusters = new TreeMap<>();
        Optional<String> current = Optional.empty();
        for (Path file : files) {
            Config read =
                    Objects.requireNonNullElseGet(yaml.unmarshal(Files.readString(file), Config.class), Config::new);
            Stream.ofNullable(read.getContexts())
                    .flatMap(List::stream)
                    .forEach(context -> clusters.putIfAbsent(context.getName(), cluster(context)));
            current = current.or(
                    () -> Optional.ofNullable(read.getCurrentContext()).filter(name -> !name.isEmpty()));
        }
        return new KubeconfigContexts(clusters, current);
    }

    private static String cluster(NamedContext context) {
        return Optional.ofNullable(context.getContext())
                .map(Context::getCluster)
                .orElse("");
    }

    /** Returns the names of contexts that have each cluster once. The current context is preferred to others of its cluster. */
    public List<String> onePerCluster() {
        SortedMap<String, String> byCluster = new TreeMap<>();
        current.filter(clusters.keySet()::contains).ifPresent(name -> byCluster.put(clusters.get(name), name));
        clusters.forEach((name, cluster) -> byCluster.putIfAbsent(cluster, name));
        return List.copyOf(new TreeSet<>(byCluster.values()));
    }
}
