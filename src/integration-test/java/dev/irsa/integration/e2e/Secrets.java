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
 * What must be told to nobody.
 *
 * @param values each as it is given to the operator
 */
record Secrets(List<String> values) {
    /** Headers and fields that stand beside a secret, whichever it is: credentials that AWS makes are not known here. */
    private static final List<String> COMPANY = List.of(
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

    /** Asserts that none of them, in whatever form, is in a text. */
    void assertNotIn(String where, String text) {
        assertThat(text).as(where).isNotBlank();
        assertThat(values.stream().flatMap(Secrets::forms))
                .as("secrets in %s", where)
                .noneMatch(text::contains);
        assertThat(COMPANY)
                .as("what stands beside secrets, in %s", where)
                .noneMatch(text.toLowerCase(Locale.ROOT)::contains);
    }

    /** Asserts it of all that the operator tells. */
    void assertNotToldBy(OperatorProcess operator, World world) {
        assertNotIn("log", operator.log());
        assertNotIn("metrics", operator.page("/metrics"));
        assertNotIn("readyz", operator.page("/readyz"));
        for (String kind : List.of("iamsa", "iamentitlements", "events", "serviceaccounts", "deployments")) {
            assertNotIn(kind, world.kubectl().get("get", kind, "--all-namespaces", "-o=yaml", "--show-managed-fields"));
        }
    }

    private static Stream<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        // Base64 of what begins elsewhere in a group of three looks otherwise: a middle piece is the same in all.
        return Stream.concat(
                Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)),
                Stream.of(0, 1, 2)
                        .map(start -> new String(bytes, start, (bytes.length - start) / 3 * 3, StandardCharsets.UTF_8))
                        .map(part -> Base64.getEncoder().encodeToString(part.getBytes(StandardCharsets.UTF_8))));
    }
}
