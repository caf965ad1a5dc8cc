package dev.irsa.core.access;

import dev.irsa.core.policy.Glob;

/**
 * What somebody asks about.
 *
 * @param action such as {@code s3:DeleteObject}, or a pattern of actions
 * @param resource an ARN, or a pattern of ARNs
 */
public record AccessQuery(Glob action, Glob resource) {
    /** Returns the query for this text. IAM ignores the case of actions. */
    public static AccessQuery of(String action, String resource) {
        return new AccessQuery(Glob.ignoringCase(action), Glob.of(resource));
    }
}
