package dev.irsa.core.ownership;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

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
    private static final int VALUE_MAX = 256;
    private static final int SHORTENED_DIGITS = 16;

    /** Returns the ownership tags. */
    public SortedMap<String, String> tags() {
        SortedMap<String, String> tags = OwnershipTags.ofCluster(cluster, clusterId, issuer);
        tags.put(OwnershipTags.RESOURCE, resource);
        return tags;
    }

    /** Returns the keys of all tags that state the ownership of a role and how it was obtained. */
    public Set<String> ownershipTagKeys() {
        TreeSet<String> keys = new TreeSet<>(tags().keySet());
        keys.add(OwnershipTags.ADOPTED);
        keys.add(OwnershipTags.TAKEN_FROM);
        return keys;
    }

    /**
     * Returns the value of {@link OwnershipTags#ADOPTABLE_BY} that names this resource: {@code <cluster>/<namespace>/<name>}. Its end is
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
        return values(roleTags, OwnershipTags.ADOPTED).findAny().isPresent();
    }

    /** Returns whether a role with these tags was adopted by any resource, and the operator did not create it. */
    public static boolean isAdoptedFromOthers(Map<String, String> roleTags) {
        return values(roleTags, OwnershipTags.ADOPTED).anyMatch(value -> !value.equals(OwnershipTags.NOT_ADOPTED));
    }

    /** Returns whether a role with these tags is offered to any resource, whether or not it also has an owner. */
    public static boolean isOffered(Map<String, String> roleTags) {
        return values(roleTags, OwnershipTags.ADOPTABLE_BY).findAny().isPresent();
    }

    /** Returns the values of a tag, whose key is case-insensitive in IAM. */
    private static Stream<String> values(Map<String, String> roleTags, String key) {
        return roleTags.entrySet().stream()
                .filter(tag -> tag.getKey().equalsIgnoreCase(key))
                .map(Map.Entry::getValue);
    }

    /** Returns the tags that offer a released role to its resource again, and keep who created it. */
    public SortedMap<String, String> offerTags(Map<String, String> roleTags) {
        TreeMap<String, String> tags = new TreeMap<>(Map.of(OwnershipTags.ADOPTABLE_BY, offer()));
        if (!isAdoptedFromOthers(roleTags)) {
            tags.put(OwnershipTags.ADOPTED, OwnershipTags.NOT_ADOPTED);
        }
        return tags;
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

    /**
     * Returns the resource of this owner's cluster that the tags of a role name: as its owner, or, if it has none, as the one that
     * it is offered to. Empty if they name none.
     */
    public Optional<RoleHolder> holder(Map<String, String> roleTags) {
        return owningResource(roleTags)
                .flatMap(name -> holder(name, false))
                .or(() -> offered(roleTags).flatMap(name -> holder(name, true)));
    }

    private static Optional<RoleHolder> holder(String resource, boolean retained) {
        int slash = resource.indexOf('/');
        return slash > 0 && slash < resource.length() - 1
                ? Optional.of(new RoleHolder(resource.substring(0, slash), resource.substring(slash + 1), retained))
                : Optional.empty();
    }

    /** A role with any ownership tag cannot be offered. */
    private Optional<String> offered(Map<String, String> roleTags) {
        boolean owned = roleTags.keySet().stream()
                .anyMatch(key -> tags().keySet().stream().anyMatch(key::equalsIgnoreCase));
        return owned
                ? Optional.empty()
                : values(roleTags, OwnershipTags.ADOPTABLE_BY)
                        .filter(offer -> offer.startsWith(cluster + "/"))
                        .map(offer -> offer.substring(cluster.length() + 1))
                        .findFirst();
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
        return values(roleTags, OwnershipTags.RESOURCE)
                .findFirst()
                .map(name -> new Owner(cluster, clusterId, issuer, name, previousClusters));
    }
}
