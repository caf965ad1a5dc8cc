package dev.irsa.issuer;

import java.time.Duration;
import java.util.Set;

/**
 * Whose documents are published, and how.
 *
 * @param location of the documents, for messages
 * @param cluster the id of the cluster
 * @param previousClusters the ids of clusters that it replaces
 * @param retention how long a key stays published after the last API server has removed it
 * @param dropped the ids of keys that are not published
 * @param verifyInterval the longest time between two checks of the stored and of the public documents
 */
record PublisherSettings(
        String location,
        String cluster,
        Set<String> previousClusters,
        Duration retention,
        Set<String> dropped,
        Duration verifyInterval) {
    PublisherSettings {
        previousClusters = Set.copyOf(previousClusters);
        dropped = Set.copyOf(dropped);
    }

    /** Returns whether documents of this cluster may be replaced. */
    boolean covers(String other) {
        return other.equals(cluster) || previousClusters.contains(other);
    }
}
