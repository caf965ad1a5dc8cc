package dev.irsa.core.access;

import dev.irsa.core.policy.PolicyDocument;
import java.util.List;

/**
 * A policy of a role, or its permissions boundary.
 *
 * @param name the name of an inline policy, or the ARN of a managed one
 * @param isKnown whether its document was read; otherwise it may allow and deny anything
 */
public record AccessPolicy(String name, List<AccessStatement> statements, boolean isKnown) {
    public AccessPolicy {
        statements = List.copyOf(statements);
    }

    /** Returns the policy with this document. */
    public static AccessPolicy of(String name, PolicyDocument document) {
        return new AccessPolicy(name, AccessStatement.of(document), true);
    }

    /** Returns a policy whose document could not be read. */
    public static AccessPolicy unknown(String name) {
        return new AccessPolicy(name, List.of(), false);
    }
}
