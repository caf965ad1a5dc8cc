package dev.irsa.core.observed;

import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The policies of a role.
 *
 * @param attached ARNs of the managed policies
 * @param inline the inline policies, by name
 */
public record ObservedPolicies(SortedSet<String> attached, SortedMap<String, PolicyFingerprint> inline) {
    /** A role without policies. */
    public static final ObservedPolicies NONE = new ObservedPolicies(new TreeSet<>(), new TreeMap<>());

    public ObservedPolicies {
        attached = Collections.unmodifiableSortedSet(new TreeSet<>(attached));
        inline = Collections.unmodifiableSortedMap(new TreeMap<>(inline));
    }

    /** Returns the policies with these ARNs and documents. */
    public static ObservedPolicies of(Set<String> attached, Map<String, PolicyFingerprint> inline) {
        return new ObservedPolicies(new TreeSet<>(attached), new TreeMap<>(inline));
    }
}
