package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundaryWarningTest {
    private static final String ARN = "arn:aws:iam::111122223333:policy/workloads";

    private static PolicyDocument allow(String action, String resource) {
        return PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": %s, "Resource": "%s"}]}
                """.formatted(action, resource));
    }

    private static Optional<String> warning(String boundary, Map<String, PolicyDocument> policies) {
        return BoundaryWarning.of(PermissionsBoundary.of(ARN, PolicyDocument.parse(boundary)), new TreeMap<>(policies));
    }

    private static Optional<String> warning(String boundary, PolicyDocument policy) {
        return warning(boundary, Map.of("read", policy));
    }

    private static String statements(String statements) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}";
    }

    @Test
    void namesActionPolicyBoundaryAndRemedy() {
        assertThat(warning(allow("\"sqs:*\"", "*").text(), allow("\"s3:GetObject\"", "*")))
                .hasValue("the permissions boundary arn:aws:iam::111122223333:policy/workloads does not allow"
                        + " \"s3:GetObject\" of policy read, so the role does not have these permissions; ask your platform team to"
                        + " allow what you need in the boundary, or remove it from the policy; the operator reads the boundary"
                        + " once a day");
    }

    @Test
    void namesResourceIfBoundaryAllowsActionOnOthersOnly() {
        assertThat(warning(
                        allow("\"s3:*\"", "arn:aws:s3:::team-*").text(),
                        allow("\"s3:GetObject\"", "arn:aws:s3:::invoices/*")))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("does not allow \"s3:GetObject\" on \"arn:aws:s3:::invoices/*\" of policy read"));
    }

    @Test
    void limitsItsLength() {
        String many = IntStream.range(0, 9)
                .mapToObj(i -> "\"s3:Action" + i + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
        Map<String, PolicyDocument> policies =
                IntStream.range(0, 9).boxed().collect(Collectors.toMap(i -> "policy-" + i, i -> allow(many, "*")));

        assertThat(warning(allow("\"sqs:*\"", "*").text(), policies))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("\"s3:Action2\" and 6 more of policy policy-0, or \"s3:Action0\"")
                        .contains("of policy policy-1 and 7 more, so")
                        .doesNotContain("Action3", "policy-2")
                        .hasSizeLessThan(600));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // no statement names an action of the pattern
                "{'Effect': 'Allow', 'Action': 'sqs:*', 'Resource': '*'}                                           | s3:*",
                "{'Effect': 'Allow', 'Action': ['s3:Put*', 's3:List*'], 'Resource': '*'}                           | s3:Get*",
                "{'Effect': 'Allow', 'NotAction': 's3:*', 'Resource': '*'}                                         | s3:GetObject",
                // denied everywhere
                "{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}, {'Effect': 'Deny', 'Action': 'S3:get*', 'Resource': '*'} | s3:GetObject",
                "{'Effect': 'Allow', 'Action': 's3:Get*', 'Resource': '*'}, {'Effect': 'Deny', 'Action': 's3:*', 'Resource': '*'} | *",
            })
    void warnsIfSurelyDenied(String boundary, String action) {
        assertThat(warning(statements(boundary.replace('\'', '"')), allow("\"" + action + "\"", "*")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'Effect': 'Allow', 'Action': 'S3:get*', 'Resource': '*'}                                         | s3:GetObject",
                // one action of the pattern is allowed
                "{'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*'}                                    | s3:*",
                "{'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*'}                                    | *",
                // a condition or a resource decides
                "{'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*', 'Condition': {'Bool': {'aws:SecureTransport': 'true'}}} | s3:GetObject",
                "{'Effect': 'Allow', 'Action': 's3:*', 'Resource': 'arn:aws:s3:::team-*'}                          | s3:GetObject",
                "{'Effect': 'Allow', 'Action': 's3:*', 'NotResource': 'arn:aws:s3:::team-*'}                       | s3:GetObject",
                "{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}, {'Effect': 'Deny', 'Action': 's3:*', 'Resource': 'arn:aws:s3:::a'} | s3:GetObject",
                "{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}, {'Effect': 'Deny', 'Action': 's3:*', 'Resource': '*', 'Condition': {'Bool': {'aws:SecureTransport': 'false'}}} | s3:GetObject",
                "{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}, {'Effect': 'Deny', 'NotAction': 's3:*', 'Resource': '*'} | sqs:SendMessage",
                // ambiguous
                "{'Effect': 'Allow', 'Action': 'sqs:*', 'Resource': '*', 'Unknown': 1}                             | s3:GetObject",
                "{'Effect': 'Allow', 'NotAction': 's3*:*', 'Resource': '*'}                                        | s3:GetObject",
            })
    void isSilentIfUncertain(String boundary, String action) {
        assertThat(warning(statements(boundary.replace('\'', '"')), allow("\"" + action + "\"", "*")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:s3:::team-*,                  arn:aws:s3:::*/invoices",
        "arn:aws:s3:::${aws:PrincipalTag/t}/*, arn:aws:s3:::invoices/*",
        "arn:aws:s3:::invoices/*,              arn:aws:s3:::${aws:PrincipalTag/t}/*",
        "arn:aws:s3,                           arn:aws:s3:::invoices/*",
        "arn:aws:s3:::Invoices,                arn:aws:s3:::invoices",
    })
    void isSilentIfResourcesMayOverlap(String boundary, String resource) {
        assertThat(warning(allow("\"s3:*\"", boundary).text(), allow("\"s3:GetObject\"", resource)))
                .isEmpty();
    }

    @Test
    void isSilentIfOneResourceOfStatementIsAllowed() {
        PolicyDocument policy = PolicyDocument.parse(statements("""
                        {"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject"],
                         "Resource": ["arn:aws:s3:::invoices", "arn:aws:s3:::invoices/*"]}
                        """));

        assertThat(warning(statements("""
                                {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::invoices"},
                                {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::*/*"}
                                """), policy)).isEmpty();
    }

    @Test
    void isSilentAboutPolicyItCannotRead() {
        assertThat(warning(allow("\"sqs:*\"", "*").text(), allow("\"s3*:GetObject\"", "*")))
                .isEmpty();
    }
}
