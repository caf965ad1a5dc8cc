package dev.irsa.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Decodes the documents that IAM returns percent-encoded by RFC 3986. Unlike in forms, a plus sign is literal. */
final class PercentEncoding {
    private PercentEncoding() {}

    /**
     * Returns the decoded text; JSON that is not encoded is returned unchanged.
     *
     * @throws IllegalArgumentException when the encoding is invalid
     */
    static String decode(String encoded) {
        return encoded.startsWith("{")
                ? encoded
                : URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
