package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Distinguishes the inline policies by which responders cut off a role from those of the spec. Both may only deny. Those of
 * the spec are the ones that the operator wrote.
 */
public final class DenyPolicies {
    private DenyPolicies() {}

    /**
     * Returns the inline policies that only deny, that differ from the spec, and that the operator did not write or that the spec names
     * with other case. The set ignores the case of names, because IAM may treat two names that differ only in case as one.
     */
    static SortedSet<String> foreign(DesiredRole desired, ObservedPolicies policies) {
        TreeSet<String> foreign = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        policies.inline().forEach((name, document) -> {
            if (document.onlyDenies() && !isDesired(desired, name, document) && !mayChange(desired, name, document)) {
                foreign.add(name);
            }
        });
        return Collections.unmodifiableSortedSet(foreign);
    }

    /** Returns only the policies that {@link #foreign} names. */
    public static ObservedPolicies onlyForeign(DesiredRole desired, ObservedPolicies policies) {
        TreeMap<String, PolicyFingerprint> inline = new TreeMap<>(policies.inline());
        inline.keySet().retainAll(foreign(desired, policies));
        return new ObservedPolicies(new TreeSet<>(), inline);
    }

    /**
     * Returns the digests of the policies that only deny and that the operator wrote last under their names. A policy that
     * equals the spec is recorded only if this process wrote it. A user may have copied the document of a responder. An
     * earlier entry stays as long as the role or the spec has a policy of that name. A stale read must not turn a policy of
     * ours into a foreign one.
     */
    public static SortedMap<String, String> written(DesiredRole desired, ObservedPolicies policies) {
        TreeMap<String, String> written = new TreeMap<>(desired.protection().writtenDenies());
        written.keySet()
                .removeIf(name -> !desired.inline().containsKey(name)
                        && !policies.inline().containsKey(name));
        policies.inline().forEach((name, document) -> {
            if (document.onlyDenies() && desired.protection().isAttempted(name, document)) {
                written.put(name, document.digest());
            } else if (!document.onlyDenies() && isDesired(desired, name, document)) {
                written.remove(name);
            }
        });
        return written;
    }

    /**
     * Returns the policies that are not in the spec and stay on the role, because they are protected, or only deny and are not the
     * operator's to change.
     */
    public static Set<String> retained(DesiredRole desired, ObservedPolicies policies) {
        TreeSet<String> left = new TreeSet<>();
        for (String arn : policies.attached()) {
            if (!desired.managed().contains(arn)
                    && desired.protection().managed().protects(arn)) {
                left.add(arn);
            }
        }
        policies.inline().forEach((name, document) -> {
            if (!desired.inline().containsKey(name) && document.onlyDenies() && !mayChange(desired, name, document)) {
                left.add(name);
            }
        });
        return left;
    }

    /**
     * Returns whether the operator wrote the policy, and neither its deletion nor a write could affect another name. If the spec names it
     * with other case, IAM may treat both as one. Deleted last, the new policy would be lost. Deleted first, the role would be without
     * either for a moment.
     */
    private static boolean mayChange(DesiredRole desired, String name, PolicyFingerprint document) {
        return desired.protection().isWritten(name, document)
                && (desired.inline().containsKey(name)
                        || desired.inline().keySet().stream().noneMatch(name::equalsIgnoreCase));
    }

    private static boolean isDesired(DesiredRole desired, String name, PolicyFingerprint document) {
        return Optional.ofNullable(desired.inline().get(name))
                .map(PolicyDocument::fingerprint)
                .filter(document::equals)
                .isPresent();
    }
}
