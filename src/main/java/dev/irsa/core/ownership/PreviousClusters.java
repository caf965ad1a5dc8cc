package dev.irsa.core.ownership;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a cluster was before, as its configuration says: whose roles are its own now.
 *
 * @param clusterIds UIDs of the kube-system namespaces of clusters that it replaces, whatever their issuers
 * @param issuers issuers that this very cluster had before
 */
public record PreviousClusters(Set<String> clusterIds, Set<String> issuers) {
    /** A cluster without a past. */
    public static final PreviousClusters NONE = new PreviousClusters(Set.of(), Set.of());

    public PreviousClusters {
        clusterIds = Collections.unmodifiableSet(new TreeSet<>(clusterIds));
        issuers = Collections.unmodifiableSet(new TreeSet<>(issuers));
    }

    /**
     * Whether the cluster with the id {@code now} was the one with these tags before. That its own id is named as a
     * previous one says nothing of issuers: a clone of its database has the same.
     */
    boolean cover(String now, String clusterId, String issuerTag) {
        return clusterId.equals(now)
                ? issuers.stream().map(Owner::issuerTag).anyMatch(issuerTag::equals)
                : clusterIds.contains(clusterId);
    }
}
