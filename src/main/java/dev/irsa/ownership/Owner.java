package dev.irsa.ownership;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who a role belongs to: one resource of one cluster. Written as tags when the role is created and compared
 * before every write, so that no role is touched that is not provably ours.
 *
 * @param cluster the configured name of the cluster
 * @param clusterId the UID of its kube-system namespace, which a second cluster of that name does not share
 * @param issuer the issuer of its ServiceAccount tokens, which tells a clone of the cluster's database apart
 * @param resource {@code <namespace>/<name>}
 */
public record Owner(String cluster, String clusterId, String issuer, String resource) {
    /** Tags that begin with this, in any case, are the operator's. */
    public static final String PREFIX = "irsa.dev/";

    /** The cluster's name. */
    public static final String CLUSTER = PREFIX + "cluster";

    /** The UID of its namespace kube-system. */
    public static final String CLUSTER_ID = PREFIX + "cluster-id";

    /** {@code <namespace>/<name>}. */
    public static final String RESOURCE = PREFIX + "resource";

    /** A digest of its issuer. */
    public static final String ISSUER = PREFIX + "issuer";

    /** The ownership tags. An issuer may be longer than a tag value; half of its SHA-256 tells issuers apart as well. */
    public SortedMap<String, String> tags() {
        SortedMap<String, String> tags = clusterTags(cluster, clusterId, issuer);
        tags.put(RESOURCE, resource);
        return tags;
    }

    /** Those of them that name the cluster: for what belongs to no single resource. */
    public static SortedMap<String, String> clusterTags(String cluster, String clusterId, String issuer) {
        return new TreeMap<>(Map.of(CLUSTER, cluster, CLUSTER_ID, clusterId, ISSUER, Digest.of(issuer, 32)));
    }

    /**
     * The resource, {@code <namespace>/<name>}, that the tags of a role name as its owner; empty when they name none of
     * the cluster that this owner belongs to.
     */
    public Optional<String> sibling(Map<String, String> roleTags) {
        TreeMap<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        found.putAll(roleTags);
        return Optional.ofNullable(found.get(RESOURCE))
                .filter(named ->
                        Ownership.of(new Owner(cluster, clusterId, issuer, named), found) instanceof Ownership.Ours);
    }
}
