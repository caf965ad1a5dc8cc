package dev.irsa.core.ownership;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tags by which the operator knows what it owns in AWS. */
public final class OwnershipTags {
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

    /**
     * Marks a role that the operator adopted. On a retained role and afterwards, {@link #NOT_ADOPTED} says that the operator
     * created it: it is then no role of others if its resource adopts it again.
     */
    public static final String ADOPTED = PREFIX + "adopted";

    static final String NOT_ADOPTED = "false";

    /** Records, as digests, the clusters that a role was taken over from. */
    public static final String TAKEN_FROM = PREFIX + "taken-from";

    private static final int ISSUER_DIGITS = 32;

    private OwnershipTags() {}

    /** Returns the tags that name the cluster, for what belongs to no single resource. */
    public static SortedMap<String, String> ofCluster(String cluster, String clusterId, String issuer) {
        return new TreeMap<>(Map.of(CLUSTER, cluster, CLUSTER_ID, clusterId, ISSUER, issuer(issuer)));
    }

    /** Returns the value for an issuer. It may be longer than a tag value, so half of its SHA-256 digest is used. */
    static String issuer(String url) {
        return Digest.of(url, ISSUER_DIGITS);
    }
}
