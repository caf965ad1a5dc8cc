package dev.irsa.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UsedPolicyTest {
    private static final Instant SINCE = Instant.parse("2026-09-01T00:00:00Z");
    private static final Optional<Instant> RECENTLY = Optional.of(SINCE.plus(Duration.ofDays(1)));
    private static final Optional<Instant> LONG_AGO = Optional.of(SINCE.minus(Duration.ofDays(1)));

    /** S3 was used, and SQS was not. IAM knows nothing about DynamoDB. */
    private static final UsedPolicy USED = new UsedPolicy(
            List.of(
                    new ServiceUse(
                            "s3",
                            RECENTLY,
                            new TreeMap<>(Map.of(
                                    "ListBucket",
                                    RECENTLY,
                                    "CreateBucket",
                                    LONG_AGO,
                                    "DeleteBucket",
                                    Optional.empty()))),
                    new ServiceUse("sqs", LONG_AGO, new TreeMap<>())),
            SINCE);

    private static PolicyDocument policy(String... statements) {
        return PolicyDocument.parse("{\"Statement\": [" + String.join(",", statements) + "]}");
    }

    private static String statement(String effect, String actions) {
        return "{\"Effect\": \"%s\", \"Action\": %s, \"Resource\": \"*\"}".formatted(effect, actions);
    }

    @Test
    void dropsTrackedActionsAndServicesWithoutUse() {
        assertThat(
                        USED.of(
                                policy(
                                        statement(
                                                "Allow",
                                                "[\"s3:ListBucket\", \"S3:createbucket\", \"s3:DeleteBucket\", \"sqs:*\", \"SQS:SendMessage\"]"))))
                .isEqualTo(policy(statement("Allow", "[\"s3:ListBucket\"]")));
    }

    /** IAM tracks no data events, and the patterns may match an action that it does not track. */
    @Test
    void keepsWhatIsNotTracked() {
        PolicyDocument policy = policy(
                statement(
                        "Allow", "[\"s3:GetObject\", \"s3:Delete*\", \"dynamodb:GetItem\", \"*\", \"s*:ListQueues\"]"),
                "{\"Effect\": \"Allow\", \"NotAction\": \"sqs:*\", \"Resource\": \"*\"}");

        assertThat(USED.of(policy)).isEqualTo(policy);
    }

    @Test
    void keepsWhatDenies() {
        PolicyDocument policy = policy(statement("Deny", "\"sqs:DeleteQueue\""), statement("Allow", "\"sqs:*\""));

        assertThat(USED.of(policy)).isEqualTo(policy(statement("Deny", "\"sqs:DeleteQueue\"")));
        assertThat(UsedPolicy.allowsAnything(policy)).isTrue();
        assertThat(UsedPolicy.allowsAnything(USED.of(policy))).isFalse();
    }
}
