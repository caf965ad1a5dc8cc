package dev.irsa.port;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.policy.PolicyDocument;
import java.util.Optional;

/** Reads managed policies. Every method throws {@link FailureException} when IAM rejects the call or is unavailable. */
public interface ManagedPolicyReads {
    /** Returns the document of the default version of a policy, with two calls; empty when the policy does not exist. */
    Optional<PolicyDocument> document(String arn);
}
