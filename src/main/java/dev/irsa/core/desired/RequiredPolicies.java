package dev.irsa.core.desired;

import dev.irsa.core.collection.Sorted;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which managed policies of a role an entitlement requires. They are attached before anything that grants access, and those that
 * are no longer required are detached last. So a role never has what an entitlement allows without what it requires.
 *
 * @param entitlement the name of the entitlement that decides; empty if none has decided yet
 * @param current ARNs of the policies that it requires
 * @param earlier ARNs of those that were required before
 */
public record RequiredPolicies(String entitlement, SortedSet<String> current, SortedSet<String> earlier) {
    /** Nothing is required. */
    public static final RequiredPolicies NONE = new RequiredPolicies("", new TreeSet<>(), new TreeSet<>());

    public RequiredPolicies {
        current = Sorted.copyOf(current);
        earlier = Sorted.copyOf(earlier);
    }

    /**
     * Returns those that a role has.
     *
     * @param attached ARNs of the managed policies of the role; empty if they are unknown, and it may have all
     */
    public SortedSet<String> presentOn(Optional<SortedSet<String>> attached) {
        TreeSet<String> all = new TreeSet<>(current);
        all.addAll(earlier);
        attached.ifPresent(all::retainAll);
        return all;
    }
}
