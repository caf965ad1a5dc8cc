package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A policy document of a malicious user, and the expected outcome for its resource.
 *
 * @param name of the resource
 * @param outcome the final reason in the status, or {@link #REJECTED} if the API server rejects it
 * @param words a part of the message for the user
 */
record HostileDocument(String name, String json, String outcome, String words) {
    static final List<HostileDocument> ALL =
            Stream.of(levels(), sizes(), values()).flatMap(List::stream).toList();

    private static final String REJECTED = "rejected by the API server";
    private static final String INVALID = "InvalidSpec";
    private static final String TOO_LARGE = "the document is larger or more deeply nested than IAM accepts";

    private static List<HostileDocument> levels() {
        return List.of(
                new HostileDocument("levels-900", condition(nested(900)), INVALID, TOO_LARGE),
                new HostileDocument("levels-1100", condition(nested(1_100)), INVALID, TOO_LARGE),
                new HostileDocument("levels-9900", condition(nested(9_900)), INVALID, TOO_LARGE),
                new HostileDocument("levels-only", nested(9_900), INVALID, TOO_LARGE),
                new HostileDocument("levels-10100", condition(nested(10_100)), REJECTED, "exceeded max depth"));
    }

    private static List<HostileDocument> sizes() {
        String keys = IntStream.range(0, 50_000)
                .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
        return List.of(
                new HostileDocument("keys-50000", keys, INVALID, TOO_LARGE),
                new HostileDocument("key-40000", key(40_000), INVALID, "document: the key \"kkkk"),
                new HostileDocument("key-300000", key(300_000), INVALID, TOO_LARGE),
                new HostileDocument("text-9000", resource(9_000), "Ready", "is annotated"),
                new HostileDocument("text-1000000", resource(1_000_000), INVALID, TOO_LARGE),
                // etcd and the API server have different limits.
                new HostileDocument("text-2000000", resource(2_000_000), REJECTED, "too large"),
                new HostileDocument("text-4000000", resource(4_000_000), REJECTED, "limit is 3145728"));
    }

    private static List<HostileDocument> values() {
        return List.of(
                value("large", "1e308", "MalformedPolicy", "iam:PutRolePolicy"),
                value("minus-zero", "-0", "MalformedPolicy", "iam:PutRolePolicy"),
                value("long", "123456789012345678901234567890", "MalformedPolicy", "iam:PutRolePolicy"),
                value("precise", "0.1000000000000000055511151231257827", "MalformedPolicy", "iam:PutRolePolicy"),
                value("null", "null", "MalformedPolicy", "iam:PutRolePolicy"),
                value("lists", "[[[]]]", "MalformedPolicy", "iam:PutRolePolicy"),
                value("marks", "\"\\u0000\\u001b[31m\\u202e\\ud83d\\ude00\"", "Ready", "is annotated"),
                value("half-a-character", "\"\\ud800\"", "Ready", "is annotated"),
                value("placeholders", "\"%{(${jndi:ldap://x}\"", "Ready", "is annotated"),
                value("too-large", "1e400", REJECTED, "1e400"),
                value("no-number", "NaN", REJECTED, "invalid character 'N'"));
    }

    private static HostileDocument value(String name, String value, String outcome, String words) {
        return new HostileDocument(
                "value-" + name,
                "{\"Id\":" + value + ","
                        + condition("{\"StringEquals\":{\"a:b\":" + value + "}}")
                                .substring(1),
                outcome,
                words);
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }

    private static String key(int length) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[],\"" + "k".repeat(length) + "\":1}";
    }

    private static String resource(int length) {
        return allowing("\"arn:aws:s3:::" + "*?".repeat(length / 2) + "\"");
    }

    private static String condition(String condition) {
        return allowing("\"*\",\"Condition\":" + condition);
    }

    private static String allowing(String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\","
                + "\"Resource\":" + resource + "}]}";
    }

    boolean isAccepted() {
        return !outcome.equals(REJECTED);
    }

    /** Returns whether a role exists while the resource exists. */
    boolean hasRole() {
        return isAccepted() && !outcome.equals(INVALID);
    }

    /** Sends the document unchanged, unlike kubectl apply, and asserts that it is accepted or rejected. */
    void create(TestEnvironment env, String namespace) {
        Command.Result answer = env.kubectl()
                .run(
                        "{\"apiVersion\":\"irsa.dev/v1beta1\",\"kind\":\"IamServiceAccount\",\"metadata\":{\"name\":\""
                                + name + "\"},\"spec\":{\"policies\":{\"inline\":[{\"name\":\"read\",\"document\":"
                                + json + "}]}}}",
                        List.of(
                                "create",
                                "--raw=/apis/irsa.dev/v1beta1/namespaces/" + namespace + "/iamserviceaccounts",
                                "--filename=-"));
        if (isAccepted()) {
            answer.orThrow();
        } else {
            assertThat(answer.exitCode()).as(name).isNotZero();
            assertThat(answer.stderr()).as(name).contains(words);
        }
    }

    /** Waits until the status reports the outcome. */
    void awaitOutcome(AppliedResource resource) {
        assertThat(resource.awaitReason(outcome)).as(name).contains(words);
    }
}
