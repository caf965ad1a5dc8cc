package dev.irsa.core.ownership;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The owner of a role: one resource of one cluster.
 *
 * <p>The operator writes the owner as tags when it creates the role. It compares the tags before every write, so that it
 * only changes roles that are provably its own.
 *
 * @param cluster the configured name of the cluster
 * @param clusterId the UID of its kube-system namespace, which distinguishes clusters of the same name
 * @param issuer the issuer of its ServiceAccount tokens, which distinguishes a clone of the cluster's database
 * @param resource {@code <namespace>/<name>}
 * @param previousClusters the clusters and issuers that it replaces
 */
public record Owner(
        String cluster, String clusterId, String issuer, String resource, PreviousClusters previousClusters) {
    /** The prefix of the operator's tags, in any case. */
    public static final String PREFIX = "irsa.dev/";

    /** The cluster's name. */
    public static final String CLUSTER = PREFIX + "cluster";

    /** The UID of its namespace kube-system. */
    public static final String CLUSTER_ID = PREFIX + "cluster-id";

    /** {@code <namespace>/<name>}. */
    public static final String RESOURCE = PREFIX + "resource";

    /** A digest of its issuer. */
    public static final String ISSUER = PREFIX + "issuer";

    /** Offers a role to the resource that it names. Only a user with IAM permissions can set it. */
    public static final String ADOPTABLE_BY = PREFIX + "adoptable-by";

    /** Marks a role that the operator adopted. */
    public static final String ADOPTED = PREFIX + "adopted";

    /** Records, as digests, the clusters that a role was taken over from. */
    public static final String TAKEN_FROM = PREFIX + "taken-from";

    private static final int ISSUER_DIGITS = 32;
    private static final int VALUE_MAX = 256;
    private static final int SHORTENED_DIGITS = 16;

    /** Creates an owner in a cluster that replaces no other. */
    public Owner(String cluster, String clusterId, String issuer, String resource) {
        this(cluster, clusterId, issuer, resource, PreviousClusters.NONE);
    }

    /** Returns the ownership tags. An issuer may be longer than a tag value, so half of its SHA-256 digest is used. */
    public SortedMap<String, String> tags() {
        SortedMap<String, String> tags = clusterTags(cluster, clusterId, issuer);
        tags.put(RESOURCE, resource);
        return tags;
    }

    /** Returns the tags that name the cluster, for what belongs to no single resource. */
    public static SortedMap<String, String> clusterTags(String cluster, String clusterId, String issuer) {
        return new TreeMap<>(Map.of(CLUSTER, cluster, CLUSTER_ID, clusterId, ISSUER, issuerTag(issuer)));
    }

    /** Returns the keys of all tags that state the ownership of a role and how it was obtained. */
    public Set<String> ownershipTagKeys() {
        TreeSet<String> keys = new TreeSet<>(tags().keySet());
        keys.add(ADOPTED);
        keys.add(TAKEN_FROM);
        return keys;
    }

    static String issuerTag(String issuer) {
        return Digest.of(issuer, ISSUER_DIGITS);
    }

    /**
     * Returns the value of {@link #ADOPTABLE_BY} that names this resource: {@code <cluster>/<namespace>/<name>}. Its end is
     * replaced by a digest if it does not fit into a tag value.
     */
    public String offer() {
        String whole = cluster + "/" + resource;
        return whole.length() <= VALUE_MAX
                ? whole
                : whole.substring(0, VALUE_MAX - SHORTENED_DIGITS - 1) + "_" + Digest.of(whole, SHORTENED_DIGITS);
    }

    /** Returns whether a role with these tags was adopted by any resource. */
    public static boolean isAdopted(Map<String, String> roleTags) {
        return roleTags.keySet().stream().anyMatch(ADOPTED::equalsIgnoreCase);
    }

    /**
     * Returns the resource, {@code <namespace>/<name>}, that the tags of a role name as its owner; empty if they name none of
     * this owner's cluster.
     */
    public Optional<String> owningResource(Map<String, String> roleTags) {
        return named(roleTags)
                .filter(other -> Ownership.of(other, roleTags) instanceof Ownership.Ours)
                .map(Owner::resource);
    }

    /** Returns whether a role with these tags belongs to any resource of this owner's cluster, or of one that it replaces. */
    public boolean belongsToClusterOrPredecessor(Map<String, String> roleTags) {
        return named(roleTags)
                .map(other -> Ownership.of(other, roleTags))
                .filter(ownership ->
                        ownership instanceof Ownership.Ours || ownership instanceof Ownership.TakeoverAllowed)
                .isPresent();
    }

    private Optional<Owner> named(Map<String, String> roleTags) {
        return roleTags.entrySet().stream()
                .filter(tag -> tag.getKey().equalsIgnoreCase(RESOURCE))
                .findFirst()
                .map(tag -> new Owner(cluster, clusterId, issuer, tag.getValue(), previousClusters));
    }
}
