package dev.irsa.core.observed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an association can have besides its role. The operator sets none of these.
 *
 * @param targetRoleArn the role whose credentials pods get instead, assumed with those of the association's role
 * @param sessionTagsDisabled whether sessions are without the tags that the role's trust policy requires
 * @param policy the session policy, which narrows what pods may do
 */
public record AssociationOptions(Optional<String> targetRoleArn, boolean sessionTagsDisabled, Optional<String> policy) {
    /** No option is set. */
    public static final AssociationOptions NONE = new AssociationOptions(Optional.empty(), false, Optional.empty());

    /** Returns what removing these options does, as users read it; empty if none is set. */
    public List<String> removals() {
        List<String> removals = new ArrayList<>();
        targetRoleArn.ifPresent(arn -> removals.add("remove its target role " + arn));
        policy.ifPresent(document -> removals.add("remove its session policy"));
        if (sessionTagsDisabled) {
            removals.add("enable its session tags");
        }
        return removals;
    }
}
