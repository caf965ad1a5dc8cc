package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
            return PolicyDocument.parse(decoded(part(encoded, action)));
        } catch (IllegalArgumentException e) {
            throw AwsCalls.unreadable(action);
        }
    }

    /**
     * Decodes a document that IAM returns percent-encoded by RFC 3986, unless it is plain JSON. Unlike in forms, a plus
     * sign is literal.
     *
     * @throws IllegalArgumentException when the encoding is invalid
     */
    static String decoded(String encoded) {
        return encoded.startsWith("{")
                ? encoded
                : URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
