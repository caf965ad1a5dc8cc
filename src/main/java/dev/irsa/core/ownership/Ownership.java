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

/** What the tags of a role prove about whose it is. */
public sealed interface Ownership {
    /** Every ownership tag is there and names this owner. */
    record Ours() implements Ownership {}

    /**
     * The ownership tags name the same resource of what the cluster was before.
     *
     * @param claim the tags that make it ours
     */
    record Inherited(SortedMap<String, String> claim) implements Ownership {}

    /**
     * The role of the same resource in another cluster, which is not to be taken from there for what it remembers of
     * those it was taken from before.
     *
     * @param why to be read after "role NAME"
     * @param flag what has to be configured for it to be taken, once that memory is gone; empty: it is
     */
    record Contested(String why, String flag) implements Ownership {}

    /**
     * Nobody's, and somebody with rights in IAM has offered it to this owner.
     *
     * @param claim the tags that make it ours
     */
    record Offered(SortedMap<String, String> claim) implements Ownership {}

    /**
     * The role is somebody else's, or nobody's that we know of.
     *
     * @param evidence which tag says so
     * @param wayOut what can be done about it
     * @param marks the ownership tags that it bears, with which it can be offered to nobody
     */
    record Foreign(String evidence, String wayOut, Set<String> marks) implements Ownership {
        public Foreign {
            marks = Collections.unmodifiableSet(new TreeSet<>(marks));
        }
    }

    /** Compares the tags of a role with those that its owner writes. Tag keys have no case in IAM. */
    static Ownership of(Owner owner, Map<String, String> roleTags) {
        TreeMap<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        found.putAll(roleTags);
        SortedMap<String, String> ours = owner.tags();
        Optional<String> difference = ours.entrySet().stream()
                .flatMap(tag -> difference(tag.getKey(), tag.getValue(), found.get(tag.getKey())).stream())
                .findFirst();
        if (difference.isEmpty()) {
            return new Ours();
        }
        String id = Objects.requireNonNullElse(found.get(Owner.CLUSTER_ID), "");
        String issuer = Objects.requireNonNullElse(found.get(Owner.ISSUER), "");
        boolean ofThatName = found.keySet().containsAll(ours.keySet())
                && owner.cluster().equals(found.get(Owner.CLUSTER))
                && owner.resource().equals(found.get(Owner.RESOURCE));
        if (ofThatName) {
            return ofTheSameName(owner, id, issuer, found.getOrDefault(Owner.TAKEN_FROM, ""), difference.get());
        }
        TreeSet<String> marks = new TreeSet<>(ours.keySet());
        marks.retainAll(found.keySet());
        String offer = found.get(Owner.ADOPTABLE_BY);
        if (marks.isEmpty() && owner.offer().equals(offer)) {
            SortedMap<String, String> claim = new TreeMap<>(ours);
            claim.put(Owner.ADOPTED, "true");
            return new Offered(claim);
        }
        String evidence = marks.isEmpty() && offer != null
                ? difference(Owner.ADOPTABLE_BY, owner.offer(), offer).orElseThrow()
                : difference.get();
        return new Foreign(evidence, "choose another spec.role.name in a new object, or remove that role", marks);
    }

    /** The same resource, in a cluster of the same name with another id or issuer. */
    private static Ownership ofTheSameName(Owner owner, String id, String issuer, String memory, String difference) {
        boolean clone = id.equals(owner.clusterId());
        boolean past = owner.past().cover(owner.clusterId(), id, issuer);
        String flag = clone ? "--previous-issuer" : "--previous-cluster-id=" + id;
        SortedMap<String, String> claim = owner.tags();
        if (TakeoverHistory.remembers(memory, owner.clusterId(), Owner.issuerTag(owner.issuer()))) {
            return new Contested(
                    "was taken over from this cluster by "
                            + (clone ? "a clone of it" : "the one whose kube-system namespace has the UID " + id),
                    past ? "" : flag);
        }
        if (!past) {
            String wayOut = clone
                    ? "a clone of this cluster has it; if it is this cluster's issuer that has changed, name the old one"
                            + " by " + flag
                    : "another cluster of this name has it: give this one another --cluster-name; or, if this one"
                            + " replaces it, " + flag;
            return new Foreign(difference, wayOut, claim.keySet());
        }
        Optional<String> remembered = TakeoverHistory.with(memory, id, issuer);
        if (remembered.isEmpty()) {
            return new Contested("was taken over so often that its tag " + Owner.TAKEN_FROM + " is full", "");
        }
        claim.put(Owner.TAKEN_FROM, remembered.get());
        return new Inherited(claim);
    }

    private static Optional<String> difference(String key, String expected, @Nullable String value) {
        if (value == null) {
            return Optional.of("tag " + key + " is missing");
        }
        return value.equals(expected)
                ? Optional.empty()
                : Optional.of("tag " + key + " is \"" + value + "\" and not \"" + expected + "\"");
    }
}
