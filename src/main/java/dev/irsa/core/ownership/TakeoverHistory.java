package dev.irsa.core.ownership;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Records, in a tag of the role, every cluster that the role was taken over from.
 *
 * <p>A cluster that finds itself in the history leaves the role alone. Clusters that name each other as previous clusters
 * therefore stop after one round. Each cluster is recorded as 16 hexadecimal digits of a digest of its ID and issuer.
 */
final class TakeoverHistory {
    private static final int WIDTH = 16;
    private static final int VALUE_MAX = 256;

    private TakeoverHistory() {}

    /** Returns whether a role with this history was taken over from the cluster. */
    static boolean contains(String history, String clusterId, String issuerTag) {
        return marks(history).contains(mark(clusterId, issuerTag));
    }

    /** Returns the history with one more cluster; empty if it does not fit into a tag value. */
    static Optional<String> with(String history, String clusterId, String issuerTag) {
        TreeSet<String> marks = new TreeSet<>(marks(history));
        marks.add(mark(clusterId, issuerTag));
        return Optional.of(String.join("", marks)).filter(value -> value.length() <= VALUE_MAX);
    }

    private static Set<String> marks(String history) {
        TreeSet<String> marks = new TreeSet<>();
        for (int i = 0; i + WIDTH <= history.length(); i += WIDTH) {
            marks.add(history.substring(i, i + WIDTH));
        }
        return marks;
    }

    private static String mark(String clusterId, String issuerTag) {
        return Digest.of(clusterId + "/" + issuerTag, WIDTH);
    }
}
