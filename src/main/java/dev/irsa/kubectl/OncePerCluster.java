package dev.irsa.kubectl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Leaves out contexts of a cluster that is already read in another context, and names them. */
final class OncePerCluster {
    private OncePerCluster() {}

    /**
     * Returns the first context of each cluster.
     *
     * @param cluster returns what only contexts of the same cluster have in common; empty if it is not known
     */
    static <K> List<String> of(List<String> contexts, Function<String, Optional<K>> cluster, Output output) {
        Map<Object, List<String>> byCluster = new LinkedHashMap<>();
        contexts.forEach(context -> byCluster
                .computeIfAbsent(
                        cluster.apply(context).<Object>map(key -> key).orElseGet(Object::new), _ -> new ArrayList<>())
                .add(context));
        byCluster.values().stream()
                .filter(same -> same.size() > 1)
                .forEach(same -> output.note("Contexts " + String.join(", ", same) + " are of one cluster, so only "
                        + same.getFirst() + " is read."));
        return byCluster.values().stream().map(List::getFirst).toList();
    }

    /** Returns the first context of each cluster, and warns if it is not known whether some are of the same. */
    static List<String> of(List<Connected> connected, Output output) {
        Map<String, Optional<String>> ids =
                connected.stream().collect(Collectors.toMap(Connected::context, Connected::id));
        List<String> once = of(
                connected.stream().map(Connected::context).toList(),
                context -> ids.getOrDefault(context, Optional.empty()),
                output);
        connected.stream()
                .filter(cluster -> once.contains(cluster.context()))
                .collect(Collectors.groupingBy(Connected::server, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(same -> same.size() > 1
                        && same.stream().anyMatch(one -> one.id().isEmpty()))
                .forEach(same -> output.warn("contexts "
                        + same.stream().map(Connected::context).collect(Collectors.joining(", "))
                        + " have the same server, and are shown as different clusters, because namespace"
                        + " kube-system cannot be read in each; ask for the permission to get it, or read only one of"
                        + " them"));
        return once;
    }
}
