package dev.irsa.core.ownership;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who a role belongs to: one resource of one cluster. Written as tags when the role is created and compared
 * before every write, so that no role is touched that is not provably ours.
 *
 * @param cluster the configured name of the cluster
 * @param clusterId the UID of its kube-system namespace, which a second cluster of that name does not share
 * @param issuer the issuer of its ServiceAccount tokens, which tells a clone of the cluster's database apart
 * @param resource {@code <namespace>/<name>}
 * @param past what the cluster was before
 */
public record Owner(String cluster, String clusterId, String issuer, String resource, PreviousClusters past) {
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

    /** By this tag somebody with rights in IAM offers a role to the resource that it names. */
    public static final String ADOPTABLE_BY = PREFIX + "adoptable-by";

    /** Marks a role that was not made by the operator. */
    public static final String ADOPTED = PREFIX + "adopted";

    /** Remembers, in digests, whom a role was taken over from. */
    public static final String TAKEN_FROM = PREFIX + "taken-from";

    private static final int ISSUER_DIGITS = 32;
    private static final int VALUE_MAX = 256;
    private static final int SHORTENED_DIGITS = 16;

    /** An owner in a cluster without a past. */
    public Owner(String cluster, String clusterId, String issuer, String resource) {
        this(cluster, clusterId, issuer, resource, PreviousClusters.NONE);
    }

    /** The ownership tags. An issuer may be longer than a tag value; half of its SHA-256 tells issuers apart as well. */
    public SortedMap<String, String> tags() {
        SortedMap<String, String> tags = clusterTags(cluster, clusterId, issuer);
        tags.put(RESOURCE, resource);
        return tags;
    }

    /** Those of them that name the cluster: for what belongs to no single resource. */
    public static SortedMap<String, String> clusterTags(String cluster, String clusterId, String issuer) {
        return new TreeMap<>(Map.of(CLUSTER, cluster, CLUSTER_ID, clusterId, ISSUER, issuerTag(issuer)));
    }

    /** The keys of all tags by which a role may say that it is this owner's, and how it came to be. */
    public Set<String> claims() {
        TreeSet<String> keys = new TreeSet<>(tags().keySet());
        keys.add(ADOPTED);
        keys.add(TAKEN_FROM);
        return keys;
    }

    static String issuerTag(String issuer) {
        return Digest.of(issuer, ISSUER_DIGITS);
    }

    /**
     * The value of {@link #ADOPTABLE_BY} that names this resource: {@code <cluster>/<namespace>/<name>}, its end
     * replaced by a digest where a tag value would not hold it.
     */
    public String offer() {
        String whole = cluster + "/" + resource;
        return whole.length() <= VALUE_MAX
                ? whole
                : whole.substring(0, VALUE_MAX - SHORTENED_DIGITS - 1) + "_" + Digest.of(whole, SHORTENED_DIGITS);
    }

    /** Whether a role with these tags was adopted, by whomever. */
    public static boolean isAdopted(Map<String, String> roleTags) {
        return roleTags.keySet().stream().anyMatch(ADOPTED::equalsIgnoreCase);
    }

    /**
     * The resource, {@code <namespace>/<name>}, that the tags of a role name as its owner; empty when they name none of
     * the cluster that this owner belongs to.
     */
    public Optional<String> sibling(Map<String, String> roleTags) {
        return named(roleTags)
                .filter(other -> Ownership.of(other, roleTags) instanceof Ownership.Ours)
                .map(Owner::resource);
    }

    /** Whether a role with these tags is some resource's of this owner's cluster, or of what that was before. */
    public boolean hasSiblingOrHeir(Map<String, String> roleTags) {
        return named(roleTags)
                .map(other -> Ownership.of(other, roleTags))
                .filter(ownership -> ownership instanceof Ownership.Ours || ownership instanceof Ownership.Inherited)
                .isPresent();
    }

    private Optional<Owner> named(Map<String, String> roleTags) {
        return roleTags.entrySet().stream()
                .filter(tag -> tag.getKey().equalsIgnoreCase(RESOURCE))
                .findFirst()
                .map(tag -> new Owner(cluster, clusterId, issuer, tag.getValue(), past));
    }
}
