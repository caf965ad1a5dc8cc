package dev.irsa.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.irsa.core.policy.PolicyDocument;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllowedAccessTest {
    private static AccessPolicy policy(String name, String statements) {
        return AccessPolicy.of(name, PolicyDocument.parse("{\"Statement\": [" + statements + "]}"));
    }

    private static List<AllowedAccess> of(String boundary, AccessPolicy... policies) {
        return AllowedAccess.of(new RoleAccess(
                List.of(policies), boundary.isEmpty() ? Optional.empty() : Optional.of(policy("edge", boundary))));
    }

    @Test
    void splitsStatementByServiceAndByWhatLimitsIt() {
        AccessPolicy policy = policy("own", """
                {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket", "s3:PutObject", "sqs:*"],
                 "Resource": ["arn:aws:s3:::a", "arn:aws:s3:::b"]}""");

        assertThat(of(
                        "{\"Effect\": \"Allow\", \"Action\": [\"s3:Get*\", \"s3:List*\"], \"Resource\": \"arn:aws:s3:::a\"}",
                        policy))
                .extracting(
                        AllowedAccess::service,
                        AllowedAccess::allowed,
                        AllowedAccess::actions,
                        AllowedAccess::resources)
                .containsExactly(
                        tuple("s3", Answer.YES, List.of("s3:GetObject", "s3:ListBucket"), List.of("arn:aws:s3:::a")),
                        tuple("s3", Answer.NO, List.of("s3:GetObject", "s3:ListBucket"), List.of("arn:aws:s3:::b")),
                        tuple("s3", Answer.NO, List.of("s3:PutObject"), List.of("arn:aws:s3:::a", "arn:aws:s3:::b")),
                        tuple("sqs", Answer.NO, List.of("sqs:*"), List.of("arn:aws:s3:::a", "arn:aws:s3:::b")));
    }

    /** Another statement that allows a part of the same is no limit. */
    @Test
    void namesOnlyWhatLimitsTheStatement() {
        String conditional = """
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}""";

        assertThat(of("", policy("one", conditional), policy("two", conditional)))
                .extracting(AllowedAccess::policy, AllowedAccess::allowed, AllowedAccess::reasons)
                .containsExactly(
                        tuple("one", Answer.PERHAPS, List.of("if Bool aws:SecureTransport true")),
                        tuple("two", Answer.PERHAPS, List.of("if Bool aws:SecureTransport true")));
    }

    @Test
    void writesNotActionAndNotResourceInWords() {
        AccessPolicy policy = policy("own", """
                {"Effect": "Allow", "NotAction": ["iam:*", "sts:*"], "NotResource": "arn:aws:s3:::secret"}""");

        assertThat(of("", policy))
                .containsExactly(new AllowedAccess(
                        "*",
                        Answer.YES,
                        List.of("everything but iam:*, sts:*"),
                        List.of("everything but arn:aws:s3:::secret"),
                        "own",
                        List.of()));
    }

    @Test
    void listsPolicyThatCouldNotBeRead() {
        assertThat(of("", AccessPolicy.unknown("arn:aws:iam::aws:policy/Secret")))
                .singleElement()
                .satisfies(row -> assertThat(row.reasons())
                        .containsExactly("policy arn:aws:iam::aws:policy/Secret could not be read"));
    }
}
