package dev.irsa.core.ownership;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the tags of a role prove about its ownership. */
public sealed interface Ownership {
    /** Every ownership tag is present and names this owner. */
    record Ours() implements Ownership {}

    /**
     * The ownership tags name the same resource of a cluster that this one replaces.
     *
     * @param claim the tags that make it ours
     */
    record TakeoverAllowed(SortedMap<String, String> claim) implements Ownership {}

    /**
     * The role belongs to the same resource of another cluster, and its takeover history forbids taking it over.
     *
     * @param why to be read after "role NAME"
     * @param flag the flag that allows the takeover once the history is removed; empty if it is set
     */
    record TakeoverDenied(String why, String flag) implements Ownership {}

    /**
     * The role has no owner, and a user with IAM permissions offers it to this owner.
     *
     * @param claim the tags that make it ours
     */
    record Adoptable(SortedMap<String, String> claim) implements Ownership {}

    /**
     * The role belongs to another owner, or to none that is known.
     *
     * @param evidence the tag that shows it
     * @param wayOut what users can do about it
     * @param marks the ownership tags on it, which prevent an offer
     */
    record Foreign(String evidence, String wayOut, Set<String> marks) implements Ownership {
        public Foreign {
            marks = Collections.unmodifiableSet(new TreeSet<>(marks));
        }
    }

    /** Compares the tags of a role with those of this owner. Tag keys are case-insensitive in IAM. */
    static Ownership of(Owner owner, Map<String, String> roleTags) {
        TreeMap<String, String> found = new TreeMap<>(TagKeys.ORDER);
        found.putAll(roleTags);
        SortedMap<String, String> ours = owner.tags();
        Optional<String> difference = ours.entrySet().stream()
                .flatMap(tag -> difference(tag.getKey(), tag.getValue(), found.get(tag.getKey())).stream())
                .findFirst();
        if (difference.isEmpty()) {
            return new Ours();
        }
        String id = Objects.requireNonNullElse(found.get(OwnershipTags.CLUSTER_ID), "");
        String issuer = Objects.requireNonNullElse(found.get(OwnershipTags.ISSUER), "");
        boolean ofThatName = found.keySet().containsAll(ours.keySet())
                && owner.cluster().equals(found.get(OwnershipTags.CLUSTER))
                && owner.resource().equals(found.get(OwnershipTags.RESOURCE));
        if (ofThatName) {
            return ofTheSameName(owner, id, issuer, found.getOrDefault(OwnershipTags.TAKEN_FROM, ""), difference.get());
        }
        TreeSet<String> marks = new TreeSet<>(ours.keySet());
        marks.retainAll(found.keySet());
        String offer = found.get(OwnershipTags.ADOPTABLE_BY);
        if (marks.isEmpty() && owner.offer().equals(offer)) {
            SortedMap<String, String> claim = new TreeMap<>(ours);
            boolean created = OwnershipTags.NOT_ADOPTED.equals(found.get(OwnershipTags.ADOPTED));
            claim.put(OwnershipTags.ADOPTED, created ? OwnershipTags.NOT_ADOPTED : "true");
            return new Adoptable(claim);
        }
        String evidence = marks.isEmpty() && offer != null
                ? difference(OwnershipTags.ADOPTABLE_BY, owner.offer(), offer).orElseThrow()
                : difference.get();
        return new Foreign(evidence, "create a resource with another spec.role.name", marks);
    }

    /** Handles the same resource in a cluster of the same name with another id or issuer. */
    private static Ownership ofTheSameName(Owner owner, String id, String issuer, String history, String difference) {
        boolean clone = id.equals(owner.clusterId());
        boolean replaced = owner.previousClusters().covers(owner.clusterId(), id, issuer);
        String flag = clone ? "--previous-issuer" : "--previous-cluster-id=" + id;
        SortedMap<String, String> claim = owner.tags();
        if (TakeoverHistory.contains(history, owner.clusterId(), OwnershipTags.issuer(owner.issuer()))) {
            return new TakeoverDenied(
                    "was taken over from this cluster by "
                            + (clone ? "a clone of it" : "the cluster whose kube-system namespace has the UID " + id),
                    replaced ? "" : flag);
        }
        if (!replaced) {
            String wayOut = clone
                    ? "a clone of this cluster owns it; if the issuer of this cluster has changed, set " + flag
                            + " to the old issuer"
                    : "another cluster of this name owns it; choose another --cluster-name, or, if this cluster"
                            + " replaces it, set " + flag;
            return new Foreign(difference, wayOut, claim.keySet());
        }
        Optional<String> extended = TakeoverHistory.with(history, id, issuer);
        if (extended.isEmpty()) {
            return new TakeoverDenied(
                    "has been taken over too many times; the tag " + OwnershipTags.TAKEN_FROM + " is full", "");
        }
        claim.put(OwnershipTags.TAKEN_FROM, extended.get());
        return new TakeoverAllowed(claim);
    }

    private static Optional<String> difference(String key, String expected, @Nullable String value) {
        if (value == null) {
            return Optional.of("tag " + key + " is missing");
        }
        return value.equals(expected)
                ? Optional.empty()
                : Optional.of("tag " + key + " is \"" + value + "\" instead of \"" + expected + "\"");
    }
}
