package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.failure.FailureException;
import dev.irsa.permissions.AwsAction;
import dev.irsa.policy.PolicyDocument;
import dev.irsa.policy.PolicyFingerprint;
import org.jspecify.annotations.Nullable;

/** Reads policy documents as IAM answers them. */
final class Documents {
    private Documents() {}

    /**
     * What is kept of a document.
     *
     * @param action the call that answered it
     * @throws FailureException when it cannot be read
     */
    static PolicyFingerprint seen(@Nullable String encoded, AwsAction action) {
        try {
            return PolicyDocument.parse(PercentEncoding.decode(part(encoded, action)))
                    .fingerprint();
        } catch (IllegalArgumentException e) {
            throw AwsCalls.unreadable(action);
        }
    }
}
