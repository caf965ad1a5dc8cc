package dev.irsa.core.observed;

import dev.irsa.core.collection.Sorted;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The policies of a role as IAM shows them.
 *
 * @param attached ARNs of the attached managed policies
 * @param inline inline policies by name
 */
public record ObservedPolicies(SortedSet<String> attached, SortedMap<String, PolicyFingerprint> inline) {
    /** The policies of a role that has none. */
    public static final ObservedPolicies NONE = new ObservedPolicies(new TreeSet<>(), new TreeMap<>());

    public ObservedPolicies {
        attached = Sorted.copyOf(attached);
        inline = Sorted.copyOf(inline);
    }

    /** Returns the policies with these ARNs and documents. */
    public static ObservedPolicies of(Set<String> attached, Map<String, PolicyFingerprint> inline) {
        return new ObservedPolicies(new TreeSet<>(attached), new TreeMap<>(inline));
    }
}
