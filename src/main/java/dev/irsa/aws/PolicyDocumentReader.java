package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import org.jspecify.annotations.Nullable;

/** Reads policy documents from responses of IAM. */
public final class PolicyDocumentReader {
    private PolicyDocumentReader() {}

    /**
     * Returns the fingerprint of a document.
     *
     * @param action the call that returned it
     * @throws FailureException when it cannot be read
     */
    static PolicyFingerprint seen(@Nullable String encoded, AwsAction action) {
        return read(encoded, action).fingerprint();
    }

    /**
     * Returns the whole document.
     *
     * @param action the call that returned it
     * @throws FailureException when it cannot be read
     */
    public static PolicyDocument read(@Nullable String encoded, AwsAction action) {
        try {
            return PolicyDocument.parse(PercentEncoding.decode(part(encoded, action)));
        } catch (IllegalArgumentException e) {
            throw AwsCalls.unreadable(action);
        }
    }
}
