package dev.irsa.kubectl.get;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was read of the clusters that the user asks about. One cluster alone has no name, and fails instead of being left out.
 *
 * @param read in the order of the contexts
 * @param notRead the clusters that could not be read
 */
public record ClusterResults<T>(List<InCluster<T>> read, List<NotRead> notRead) {
    public ClusterResults {
        read = List.copyOf(read);
        notRead = List.copyOf(notRead);
    }

    /** Returns the result for a command that reads one cluster. */
    public static <T> ClusterResults<T> ofOne(T value) {
        return new ClusterResults<>(List.of(new InCluster<>("", value)), List.of());
    }

    /** Returns what follows from each value. */
    public <R> ClusterResults<R> map(Function<T, R> next) {
        return new ClusterResults<>(
                read.stream().map(cluster -> cluster.map(next)).toList(), notRead);
    }

    /** Returns whether the user asks about several clusters, so that rows name theirs. */
    public boolean areSeveral() {
        return !notRead.isEmpty()
                || read.stream().anyMatch(cluster -> !cluster.cluster().isEmpty());
    }

    /** Returns the values. */
    public Stream<T> values() {
        return read.stream().map(InCluster::value);
    }

    /** Returns what could not be read: of the clusters that were read, and these clusters as a whole. */
    public List<NotRead> notRead(Function<T, List<NotRead>> ofValue) {
        return Stream.concat(notReadOfRead(ofValue).stream(), notRead.stream()).toList();
    }

    /** Returns what could not be read of the clusters that were read. */
    public List<NotRead> notReadOfRead(Function<T, List<NotRead>> ofValue) {
        return read.stream()
                .flatMap(cluster ->
                        ofValue.apply(cluster.value()).stream().map(missing -> missing.in(cluster.cluster())))
                .toList();
    }

    /**
     * Returns the namespaces that were asked about, such as " in namespace shop"; empty for all namespaces.
     *
     * @param preposition between spaces
     */
    public String namespaces(Function<T, Optional<String>> namespace, String preposition) {
        Set<Optional<String>> different = values().map(namespace).collect(Collectors.toSet());
        return different.size() > 1
                ? preposition + "the namespaces of the contexts"
                : different.stream()
                        .flatMap(Optional::stream)
                        .map(name -> preposition + "namespace " + name)
                        .findFirst()
                        .orElse("");
    }

    /** Returns where the result is from, after a list that is not complete; empty if every cluster was read. */
    public String inThoseRead() {
        return notRead.isEmpty() ? "" : " in the clusters that were read";
    }
}
