package dev.irsa.core.desired;

import dev.irsa.core.collection.Sorted;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the operator must know to leave an incident response on a role, whatever the spec says.
 *
 * @param managed the managed policies that are never detached
 * @param managedPoliciesPerRole how many managed policies IAM attaches to a role
 * @param writtenDenies the inline policies that only deny and that the operator wrote for the resource: the digest of the
 *     last document by name. All others on the role belong to other writers
 * @param attemptedDenies the same, of this process, whether IAM has responded or not
 * @param reached whether the role had reached this version of the spec before, so that it is no new use of a quota
 */
public record PolicyProtection(
        ProtectedPolicies managed,
        int managedPoliciesPerRole,
        SortedMap<String, String> writtenDenies,
        SortedMap<String, String> attemptedDenies,
        boolean reached) {
    /** The protection of a role that has not been written yet, in a cluster that names no policies of its own. */
    public static final PolicyProtection DEFAULT = of(ProtectedPolicies.OF_AWS, AwsAccount.DEFAULT_MANAGED_POLICIES);

    public PolicyProtection {
        writtenDenies = Sorted.copyOf(writtenDenies);
        attemptedDenies = Sorted.copyOf(attemptedDenies);
    }

    /** Returns the protection of a role that has not been written yet. */
    public static PolicyProtection of(ProtectedPolicies managed, int managedPoliciesPerRole) {
        return new PolicyProtection(managed, managedPoliciesPerRole, new TreeMap<>(), new TreeMap<>(), false);
    }

    /** Returns this protection of a role of which this is known from before. */
    public PolicyProtection remembering(
            SortedMap<String, String> written, SortedMap<String, String> attempted, boolean reachedBefore) {
        return new PolicyProtection(managed, managedPoliciesPerRole, written, attempted, reachedBefore);
    }

    /** Returns whether the operator wrote this document, as the last one under this name. */
    public boolean isWritten(String name, PolicyFingerprint document) {
        return document.digest().equals(writtenDenies.get(name)) || isAttempted(name, document);
    }

    /** Returns whether this process tried to write this document under this name. */
    public boolean isAttempted(String name, PolicyFingerprint document) {
        return document.digest().equals(attemptedDenies.get(name));
    }
}
