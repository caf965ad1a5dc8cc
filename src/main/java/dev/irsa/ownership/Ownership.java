package dev.irsa.ownership;

import java.util.Map;
import java.util.TreeMap;

/** What the tags of a role prove about whose it is. */
public sealed interface Ownership {
    /** Every ownership tag is there and names this owner. */
    record Ours() implements Ownership {}

    /**
     * The role is somebody else's, or nobody's that we know of.
     *
     * @param why to be read after "role NAME", as in "exists and is not owned by this resource (…)"
     */
    record Foreign(String why) implements Ownership {}

    /** Compares the tags of a role with those that its owner writes. Tag keys have no case in IAM. */
    static Ownership of(Owner owner, Map<String, String> tags) {
        TreeMap<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        found.putAll(tags);
        for (var expected : owner.tags().entrySet()) {
            String value = found.get(expected.getKey());
            if (value == null) {
                return foreign("tag " + expected.getKey() + " is missing");
            }
            if (!value.equals(expected.getValue())) {
                return foreign(
                        "tag " + expected.getKey() + " is \"" + value + "\" and not \"" + expected.getValue() + "\"");
            }
        }
        return new Ours();
    }

    private static Foreign foreign(String evidence) {
        return new Foreign("exists and is not owned by this resource (" + evidence
                + "); choose another spec.role.name in a new object, or remove that role; see docs/ownership.md");
    }
}
