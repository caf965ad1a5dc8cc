package dev.irsa.kubectl.rolespec;

import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A role as IAM shows it, with the text of its documents.
 *
 * @param managed ARNs of the attached managed policies
 * @param inline inline policies by name
 */
public record LiveRole(
        ObservedRole role, PolicyDocument trust, SortedSet<String> managed, SortedMap<String, PolicyDocument> inline) {
    public LiveRole {
        managed = Collections.unmodifiableSortedSet(new TreeSet<>(managed));
        inline = Collections.unmodifiableSortedMap(new TreeMap<>(inline));
    }

    /** Returns its policies without the text of the documents. */
    public ObservedPolicies policies() {
        TreeMap<String, PolicyFingerprint> fingerprints = new TreeMap<>();
        inline.forEach((name, document) -> fingerprints.put(name, document.fingerprint()));
        return new ObservedPolicies(managed, fingerprints);
    }

    /** Returns the role with this tag, as IAM would show it. The trust policy of an offered role is shown whole. */
    public ObservedRole withTag(String key, String value) {
        TreeMap<String, String> tags = new TreeMap<>(role.tags());
        tags.put(key, value);
        return role.withTags(tags).withOfferedTrust(trust);
    }
}
