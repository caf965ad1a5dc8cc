package dev.irsa.core.observed;

import dev.irsa.core.collection.Sorted;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A role as {@code iam:GetRole} shows it, without its policies.
 *
 * @param name in the case that it was created with
 * @param path begins and ends with a slash
 * @param id {@code AROA…}; a role that is deleted and created again has another ID
 * @param description empty if the role has none
 * @param maxSessionSeconds 3600 to 43200
 * @param boundary ARN of the permissions boundary
 * @param tags all tags
 * @param trust fingerprint of the trust policy
 * @param offeredTrust the whole trust policy of a role with the tag that allows adoption, because the operator shows it
 *     before replacing it; empty for every other role
 */
public record ObservedRole(
        String name,
        String path,
        String arn,
        String id,
        String description,
        int maxSessionSeconds,
        Optional<String> boundary,
        SortedMap<String, String> tags,
        PolicyFingerprint trust,
        Optional<PolicyDocument> offeredTrust) {
    public ObservedRole {
        tags = Sorted.copyOf(tags);
    }

    /** Returns whether the trust policy is known. */
    public boolean isTrustKnown() {
        return !trust.equals(PolicyFingerprint.UNKNOWN);
    }

    /** Returns a copy with an unknown trust policy. */
    public ObservedRole withUnknownTrust() {
        return with(tags, PolicyFingerprint.UNKNOWN, offeredTrust);
    }

    /** Returns a copy with these tags. */
    public ObservedRole withTags(SortedMap<String, String> given) {
        return with(given, trust, offeredTrust);
    }

    /** Returns a copy whose whole trust policy is known, as that of a role with the tag that allows adoption. */
    public ObservedRole withOfferedTrust(PolicyDocument whole) {
        return with(tags, trust, Optional.of(whole));
    }

    private ObservedRole with(
            SortedMap<String, String> otherTags, PolicyFingerprint otherTrust, Optional<PolicyDocument> otherOffered) {
        return new ObservedRole(
                name, path, arn, id, description, maxSessionSeconds, boundary, otherTags, otherTrust, otherOffered);
    }
}
