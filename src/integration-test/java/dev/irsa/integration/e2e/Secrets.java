package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Credentials that the operator must not disclose.
 *
 * @param values each as passed to the operator
 */
record Secrets(List<String> values) {
    /** Headers and fields next to a secret. They reveal credentials of AWS, whose values the tests do not know. */
    private static final List<String> SECRET_MARKERS = List.of(
            "authorization:",
            "authorization=",
            "bearer ",
            "aws4-hmac-sha256",
            "x-amz-security-token",
            "signature=",
            "secretaccesskey",
            "sessiontoken",
            "webidentitytoken=",
            "credential=");

    Secrets {
        values = List.copyOf(values);
    }

    /** Asserts that a text contains none of them in any encoding. */
    void assertNotIn(String where, String text) {
        assertThat(text).as(where).isNotBlank();
        assertThat(values.stream().flatMap(Secrets::forms))
                .as("secrets in %s", where)
                .noneMatch(text::contains);
        assertThat(SECRET_MARKERS)
                .as("markers of secrets in %s", where)
                .noneMatch(text.toLowerCase(Locale.ROOT)::contains);
    }

    /** Asserts that no output of the operator contains them. */
    void assertNotLeakedBy(OperatorProcess operator, TestEnvironment env) {
        assertNotIn("log", operator.log());
        assertNotIn("metrics", operator.page("/metrics"));
        assertNotIn("readyz", operator.page("/readyz"));
        for (String kind : List.of("iamsa", "iamentitlements", "events", "serviceaccounts", "deployments")) {
            assertNotIn(kind, env.kubectl().get("get", kind, "--all-namespaces", "-o=yaml", "--show-managed-fields"));
        }
    }

    private static Stream<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        // The Base64 text of a part depends on its offset modulo 3, so each offset is encoded.
        return Stream.concat(
                Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)),
                Stream.of(0, 1, 2)
                        .map(start -> new String(bytes, start, (bytes.length - start) / 3 * 3, StandardCharsets.UTF_8))
                        .map(part -> Base64.getEncoder().encodeToString(part.getBytes(StandardCharsets.UTF_8))));
    }
}
