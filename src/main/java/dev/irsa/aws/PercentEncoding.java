package dev.irsa.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** IAM answers documents percent-encoded by RFC 3986, where, unlike in forms, a plus sign is a plus sign. */
final class PercentEncoding {
    private PercentEncoding() {}

    /**
     * The text that was encoded. JSON that was not encoded at all is answered as it is.
     *
     * @throws IllegalArgumentException when the encoding is broken
     */
    static String decode(String encoded) {
        return encoded.startsWith("{")
                ? encoded
                : URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
