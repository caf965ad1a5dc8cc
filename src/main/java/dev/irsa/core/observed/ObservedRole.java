package dev.irsa.core.observed;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A role as {@code iam:GetRole} shows it: everything but its policies.
 *
 * @param name in the case it was created with
 * @param path its path
 * @param arn its ARN
 * @param id {@code AROA…}; a role made again has another
 * @param description empty when there is none
 * @param maxSessionSeconds 3600 to 43200
 * @param boundary ARN of the permissions boundary
 * @param tags all of them
 * @param trust who may assume it
 * @param offeredTrust the same, word for word, of a role that is offered to somebody: it is shown before it is replaced;
 *     empty for any other
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
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** A role that is offered to nobody. */
    public ObservedRole(
            String name,
            String path,
            String arn,
            String id,
            String description,
            int maxSessionSeconds,
            Optional<String> boundary,
            SortedMap<String, String> tags,
            PolicyFingerprint trust) {
        this(name, path, arn, id, description, maxSessionSeconds, boundary, tags, trust, Optional.empty());
    }

    /** Whether anybody knows whom it trusts. */
    public boolean isTrustKnown() {
        return !trust.equals(PolicyFingerprint.UNKNOWN);
    }

    /** The same, of which nobody knows whom it trusts. */
    public ObservedRole withUnknownTrust() {
        return new ObservedRole(
                name,
                path,
                arn,
                id,
                description,
                maxSessionSeconds,
                boundary,
                tags,
                PolicyFingerprint.UNKNOWN,
                offeredTrust);
    }
}
