package dev.irsa.core.observed;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A role as {@code iam:GetRole} shows it, without its policies.
 *
 * @param name its name, in the case in which it was created
 * @param path its path
 * @param arn its ARN
 * @param id {@code AROA…}; a role that is created again has another
 * @param description empty when there is none
 * @param maxSessionSeconds 3600 to 43200
 * @param boundary ARN of the permissions boundary
 * @param tags all of them
 * @param trust the fingerprint of its trust policy
 * @param offeredTrust the trust policy of a role that is offered for adoption, which users see before it is replaced; empty
 *     for any other role
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

    /** Creates a role that is not offered for adoption. */
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

    /** Returns whether its trust policy is known. */
    public boolean isTrustKnown() {
        return !trust.equals(PolicyFingerprint.UNKNOWN);
    }

    /** Returns this role with an unknown trust policy. */
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
