package dev.irsa.core.access;

import dev.irsa.core.policy.Glob;
import java.util.Optional;

/**
 * What a user asks about.
 *
 * @param action such as {@code s3:DeleteObject}, or a pattern of actions
 * @param resource an ARN, or a pattern of ARNs; empty: whether the action is allowed on any resource
 */
public record AccessQuery(Glob action, Optional<ArnPattern> resource) {
    /** Returns the query for an action on a resource. IAM ignores the case of actions. */
    public static AccessQuery of(String action, String resource) {
        return new AccessQuery(Glob.ignoringCase(action), Optional.of(ArnPattern.of(resource)));
    }

    /** Returns the query for an action on any resource. */
    public static AccessQuery of(String action) {
        return new AccessQuery(Glob.ignoringCase(action), Optional.empty());
    }
}
