package dev.irsa.kubectl.rolespec;

import dev.irsa.core.collection.Sorted;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A role as IAM shows it, with the text of its documents.
 *
 * @param managed ARNs of the attached managed policies
 * @param inline inline policies by name
 */
public record LiveRole(
        ObservedRole role, PolicyDocument trust, SortedSet<String> managed, SortedMap<String, PolicyDocument> inline) {
    public LiveRole {
        managed = Sorted.copyOf(managed);
        inline = Sorted.copyOf(inline);
    }

    /**
     * The roles of an account.
     *
     * @param byName in the case in which they were created
     * @param unreadable the names of those with a document that is not valid
     */
    public record Found(SortedMap<String, LiveRole> byName, List<String> unreadable) {
        public Found {
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * Returns the state of the role once it is offered. IAM then shows the trust policy whole.
     *
     * @param to the value of the tag that offers the role
     */
    public RoleState offered(String to) {
        TreeMap<String, String> tags = new TreeMap<>(role.tags());
        tags.put(OwnershipTags.ADOPTABLE_BY, to);
        TreeMap<String, PolicyFingerprint> fingerprints = new TreeMap<>();
        inline.forEach((name, document) -> fingerprints.put(name, document.fingerprint()));
        return new RoleState(role.withTags(tags).withOfferedTrust(trust), new ObservedPolicies(managed, fingerprints));
    }
}
