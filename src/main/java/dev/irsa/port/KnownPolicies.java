package dev.irsa.port;

import dev.irsa.core.policy.PermissionsBoundary;
import dev.irsa.core.policy.PolicyDocument;
import java.util.Optional;

/** What is known about the documents of managed policies. No method fails. */
public interface KnownPolicies {
    /** Nothing is known. */
    KnownPolicies NONE = arn -> Optional.empty();

    /** Returns a permissions boundary; empty if it is not known. */
    Optional<PermissionsBoundary> boundary(String arn);

    /** Returns the document of a policy that is attached to a role; empty if it is not known. */
    default Optional<PolicyDocument> attached(String arn) {
        return Optional.empty();
    }
}
