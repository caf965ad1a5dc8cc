package dev.irsa.core.ownership;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The clusters that this one replaces and the issuers that it had, by its configuration. It takes over their roles.
 *
 * @param clusterIds UIDs of the kube-system namespaces of clusters that it replaces, whatever their issuers
 * @param issuers issuers that this cluster had before, whose tokens its roles still admit
 */
public record PreviousClusters(Set<String> clusterIds, Set<String> issuers) {
    /** A cluster that replaces no other. */
    public static final PreviousClusters NONE = new PreviousClusters(Set.of(), Set.of());

    public PreviousClusters {
        clusterIds = Collections.unmodifiableSet(new TreeSet<>(clusterIds));
        issuers = Collections.unmodifiableSet(new TreeSet<>(issuers));
    }

    /**
     * Returns whether the cluster with the id {@code now} replaces the one with these tags. Its own id as a previous one says
     * nothing about issuers, because a clone of its database has the same id.
     */
    boolean covers(String now, String clusterId, String issuerTag) {
        return clusterId.equals(now)
                ? issuers.stream().map(OwnershipTags::issuer).anyMatch(issuerTag::equals)
                : clusterIds.contains(clusterId);
    }
}
