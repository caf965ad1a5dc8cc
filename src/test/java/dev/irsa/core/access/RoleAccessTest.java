package dev.irsa.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyDocument;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleAccessTest {
    private static AccessPolicy policy(String name, String... statements) {
        return AccessPolicy.of(name, PolicyDocument.parse("{\"Statement\": [" + String.join(",", statements) + "]}"));
    }

    private static String allow(String action, String resource) {
        return "{\"Effect\": \"Allow\", \"Action\": \"%s\", \"Resource\": \"%s\"}".formatted(action, resource);
    }

    private static String deny(String action, String resource) {
        return allow(action, resource).replace("Allow", "Deny");
    }

    private static AccessDecision decide(String action, String resource, AccessPolicy... policies) {
        return new RoleAccess(List.of(policies), Optional.empty()).decide(AccessQuery.of(action, resource));
    }

    @ParameterizedTest
    @CsvSource({
        "s3:GetObject, arn:aws:s3:::invoices/*, s3:GetObject, arn:aws:s3:::invoices/a, YES",
        "S3:getobject, *, s3:GetObject, arn:aws:s3:::invoices/a, YES",
        "s3:Get*, arn:aws:s3:::invoices/*, s3:GetObject, arn:aws:s3:::invoices/*, YES",
        "s3:GetObject, arn:aws:s3:::invoices/2026/*, s3:GetObject, arn:aws:s3:::invoices/*, PERHAPS",
        "s3:GetObject, *, s3:*, *, PERHAPS",
        "s3:GetObject, arn:aws:s3:::Invoices/*, s3:GetObject, arn:aws:s3:::invoices/a, NO",
        "s3:GetObject, *, s3:PutObject, arn:aws:s3:::invoices/a, NO",
        "s3:GetObject, arn:aws:s3:::${aws:PrincipalTag/team}/*, s3:GetObject, arn:aws:s3:::invoices/a, PERHAPS",
        "s3:GetObject, arn:aws:s3:::${aws:PrincipalTag/team}/*, s3:GetObject, arn:aws:sqs:::x, NO",
        "sqs:*, arn:aws:sqs, sqs:SendMessage, arn:aws:sqs:eu-west-1:111122223333:orders, YES",
        "sqs:*, arn:aws:sqs:*:*:orders, sqs:SendMessage, arn:aws:sqs:eu-west-1:111122223333:orders, YES",
        "sqs:*, arn:aws:sqs:*orders, sqs:SendMessage, arn:aws:sqs:eu-west-1:111122223333:orders, PERHAPS",
        "logs:*, arn:aws:logs:*:*:log-group:/app/*, logs:PutLogEvents, arn:aws:logs:eu-west-1:1:log-group:/app/a:log-stream:b, YES",
    })
    void decidesByActionAndResource(String action, String resource, String asked, String on, Answer expected) {
        assertThat(decide(asked, on, policy("own", allow(action, resource))).answer())
                .isEqualTo(expected);
    }

    @Test
    void namesThePolicyThatAllowsIt() {
        AccessDecision decision = decide(
                "sqs:SendMessage",
                "arn:aws:sqs:eu-west-1:111122223333:a",
                policy("one", allow("s3:*", "*")),
                policy("two", allow("sqs:*", "*")));

        assertThat(decision).isEqualTo(new AccessDecision(Answer.YES, List.of("two"), List.of()));
    }

    @Test
    void denyOverridesAllow() {
        AccessPolicy all = policy("all", allow("*", "*"));

        assertThat(decide("s3:DeleteObject", "arn:aws:s3:::a/b", all, policy("no", deny("s3:Delete*", "*"))))
                .isEqualTo(new AccessDecision(Answer.NO, List.of(), List.of("policy no denies s3:Delete* on *")));
        assertThat(decide("s3:DeleteObject", "arn:aws:s3:::a/*", all, policy("no", deny("*", "arn:aws:s3:::a/b"))))
                .isEqualTo(new AccessDecision(
                        Answer.PERHAPS, List.of("all"), List.of("policy no denies * on arn:aws:s3:::a/b")));
    }

    @Test
    void notActionAndNotResourceMatchTheRest() {
        AccessPolicy policy = policy(
                "own",
                "{\"Effect\": \"Allow\", \"NotAction\": \"iam:*\", \"NotResource\": [\"arn:aws:s3:::secret/*\"]}");

        assertThat(decide("s3:GetObject", "arn:aws:s3:::a/b", policy).answer()).isEqualTo(Answer.YES);
        assertThat(decide("s3:GetObject", "arn:aws:s3:::secret/b", policy).answer())
                .isEqualTo(Answer.NO);
        assertThat(decide("iam:PassRole", "arn:aws:iam::1:role/x", policy).answer())
                .isEqualTo(Answer.NO);
        assertThat(decide("s3:GetObject", "arn:aws:s3:::*", policy).answer()).isEqualTo(Answer.PERHAPS);
    }

    @Test
    void conditionIsAPerhapsWithItsText() {
        AccessPolicy policy = policy("own", """
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                 "Condition": {"StringEquals": {"aws:PrincipalTag/team": ["red", "blue"]}}}""");

        assertThat(decide("s3:GetObject", "arn:aws:s3:::a/b", policy))
                .isEqualTo(new AccessDecision(
                        Answer.PERHAPS,
                        List.of("own"),
                        List.of("policy own allows s3:* on * if StringEquals aws:PrincipalTag/team red or blue")));
    }

    @Test
    void boundaryMustAllowItToo() {
        RoleAccess role = new RoleAccess(
                List.of(policy("own", allow("*", "*"))),
                Optional.of(policy("edge", allow("s3:*", "*"), deny("s3:Delete*", "*"))));

        assertThat(role.decide(AccessQuery.of("s3:GetObject", "arn:aws:s3:::a/b"))
                        .answer())
                .isEqualTo(Answer.YES);
        assertThat(role.decide(AccessQuery.of("s3:DeleteObject", "arn:aws:s3:::a/b"))
                        .reasons())
                .containsExactly("policy edge denies s3:Delete* on *");
        assertThat(role.decide(AccessQuery.of("sqs:SendMessage", "*")))
                .isEqualTo(new AccessDecision(
                        Answer.NO, List.of(), List.of("the permissions boundary edge does not allow it")));
    }

    /** A policy may be attached and be the boundary as well. */
    @Test
    void policyMayBeItsOwnBoundary() {
        AccessPolicy policy = policy("own", allow("s3:*", "*"));

        assertThat(new RoleAccess(List.of(policy), Optional.of(policy))
                        .decide(AccessQuery.of("s3:GetObject", "arn:aws:s3:::a/b"))
                        .answer())
                .isEqualTo(Answer.YES);
    }

    /** Two patterns may cover what is asked only together. */
    @Test
    void patternsTogetherMayAllowAll() {
        AccessPolicy policy = policy(
                "own",
                "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": [\"arn:aws:s3:::a\", \"arn:aws:s3:::a?*\"]}");

        assertThat(decide("s3:GetObject", "arn:aws:s3:::a*", policy).answer()).isEqualTo(Answer.YES);
    }

    @Test
    void actionAloneAsksForAnyResource() {
        AccessPolicy policy = policy(
                "own", allow("s3:*", "arn:aws:s3:::a"), deny("s3:Delete*", "arn:aws:s3:::a"), deny("s3:Put*", "*"));
        RoleAccess role = new RoleAccess(List.of(policy), Optional.empty());

        assertThat(role.decide(AccessQuery.of("s3:GetObject")).answer()).isEqualTo(Answer.YES);
        assertThat(role.decide(AccessQuery.of("s3:DeleteObject")).answer()).isEqualTo(Answer.PERHAPS);
        assertThat(role.decide(AccessQuery.of("s3:PutObject")).answer()).isEqualTo(Answer.NO);
    }

    /** It may allow and deny anything. */
    @Test
    void unknownPolicyLeavesAnswerOpen() {
        AccessPolicy unknown = AccessPolicy.unknown("arn:aws:iam::aws:policy/Secret");
        AccessQuery query = AccessQuery.of("s3:GetObject", "*");
        AccessDecision open = new AccessDecision(
                Answer.PERHAPS, List.of(), List.of("policy arn:aws:iam::aws:policy/Secret could not be read"));

        assertThat(new RoleAccess(List.of(unknown), Optional.empty()).decide(query))
                .isEqualTo(open);
        assertThat(new RoleAccess(List.of(policy("own", allow("*", "*"))), Optional.of(unknown))
                        .decide(query)
                        .answer())
                .isEqualTo(Answer.PERHAPS);
        assertThat(new RoleAccess(List.of(unknown, policy("own", deny("*", "*"))), Optional.empty())
                        .decide(query)
                        .answer())
                .isEqualTo(Answer.NO);
        assertThat(new RoleAccess(List.of(unknown), Optional.of(policy("edge", allow("sqs:*", "*"))))
                        .decide(query)
                        .answer())
                .isEqualTo(Answer.NO);
    }
}
