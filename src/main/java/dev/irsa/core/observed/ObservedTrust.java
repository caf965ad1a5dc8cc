package dev.irsa.core.observed;

import dev.irsa.core.collection.Sorted;
import dev.irsa.core.policy.PolicyDocument;
import java.util.SortedMap;

/**
 * Whom a role admits, as {@code iam:GetRole} shows it.
 *
 * @param arn of the role, in the spelling that it was created with
 * @param tags all tags of the role
 * @param trust the trust policy
 */
public record ObservedTrust(String arn, SortedMap<String, String> tags, PolicyDocument trust) {
    public ObservedTrust {
        tags = Sorted.copyOf(tags);
    }
}
