package dev.irsa.core.ownership;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Remembers, on the role itself, every cluster that it was taken over from. A cluster that finds itself there does not
 * take the role back: so clusters that name each other as predecessors come to rest after one round, however many they
 * are. A cluster is kept as sixteen digits of the digest of its id and issuer.
 */
final class TakeoverHistory {
    private static final int WIDTH = 16;
    private static final int VALUE_MAX = 256;

    private TakeoverHistory() {}

    /** Whether a role with this memory was taken over from the cluster. */
    static boolean remembers(String memory, String clusterId, String issuerTag) {
        return marks(memory).contains(mark(clusterId, issuerTag));
    }

    /** The memory with one more cluster; empty when a tag value has no room for it. */
    static Optional<String> with(String memory, String clusterId, String issuerTag) {
        TreeSet<String> marks = new TreeSet<>(marks(memory));
        marks.add(mark(clusterId, issuerTag));
        return Optional.of(String.join("", marks)).filter(value -> value.length() <= VALUE_MAX);
    }

    private static Set<String> marks(String memory) {
        TreeSet<String> marks = new TreeSet<>();
        for (int i = 0; i + WIDTH <= memory.length(); i += WIDTH) {
            marks.add(memory.substring(i, i + WIDTH));
        }
        return marks;
    }

    private static String mark(String clusterId, String issuerTag) {
        return Digest.of(clusterId + "/" + issuerTag, WIDTH);
    }
}
