package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.Admissions.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionsTest {
    private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/ABC";
    private static final String CLUSTER = "arn:aws:eks:eu-west-1:111122223333:cluster/prod";
    private static final String SUBJECT = "system:serviceaccount:payments:invoices";

    private static final String TOKEN = """
            {"Effect": "Allow", "Principal": {"Federated": "%s"}, "Action": "sts:AssumeRoleWithWebIdentity",
             "Condition": {"StringEquals": {
               "oidc.example.com/id/ABC:sub": ["%s", "system:serviceaccount:payments:worker"],
               "oidc.example.com/id/ABC:aud": "sts.amazonaws.com"}}}
            """.formatted(PROVIDER, SUBJECT);

    private static final String SESSION = """
            {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
             "Action": ["sts:AssumeRole", "sts:TagSession"],
             "Condition": {"StringEquals": {
               "aws:RequestTag/eks-cluster-arn": "%s",
               "aws:RequestTag/kubernetes-namespace": "payments",
               "aws:RequestTag/kubernetes-service-account": "invoices"}}}
            """.formatted(CLUSTER);

    private static Admissions of(String... statements) {
        return PolicyDocument.parse(
                        "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(", ", statements) + "]}")
                .fingerprint()
                .admissions();
    }

    private static Answer token(Admissions admissions) {
        return admissions.admitsToken(PROVIDER, SUBJECT, "sts.amazonaws.com");
    }

    private static Answer session(Admissions admissions) {
        return admissions.admitsSession(CLUSTER, "payments", "invoices");
    }

    @Test
    void admitsEachTokenThatAStatementNames() {
        Admissions admissions = of(TOKEN);

        assertThat(token(admissions)).isEqualTo(Answer.YES);
        assertThat(admissions.admitsToken(
                        PROVIDER.replace("oidc.example.com", "OIDC.Example.com"),
                        "system:serviceaccount:payments:worker",
                        "sts.amazonaws.com"))
                .as("AWS may ignore the case of the host")
                .isEqualTo(Answer.YES);
        assertThat(admissions.admitsToken(PROVIDER.replace("ABC", "abc"), SUBJECT, "sts.amazonaws.com"))
                .isEqualTo(Answer.NO);
        assertThat(admissions.admitsToken(PROVIDER, SUBJECT, "other")).isEqualTo(Answer.NO);
        assertThat(admissions.admitsToken(PROVIDER, "system:serviceaccount:payments:x", "sts.amazonaws.com"))
                .isEqualTo(Answer.NO);
        assertThat(session(admissions)).isEqualTo(Answer.NO);
    }

    @Test
    void admitsTheSessionThatAStatementNames() {
        Admissions admissions = of(SESSION);

        assertThat(session(admissions)).isEqualTo(Answer.YES);
        assertThat(admissions.admitsSession(CLUSTER, "payments", "other")).isEqualTo(Answer.NO);
        assertThat(admissions.admitsSession(CLUSTER, "other", "invoices")).isEqualTo(Answer.NO);
        assertThat(admissions.admitsSession(CLUSTER + "2", "payments", "invoices"))
                .isEqualTo(Answer.NO);
        assertThat(token(admissions)).isEqualTo(Answer.NO);
    }

    @Test
    void combinesStatements() {
        Admissions both = of(TOKEN, SESSION);

        assertThat(token(both)).isEqualTo(Answer.YES);
        assertThat(session(both)).isEqualTo(Answer.YES);
    }

    @Test
    void admitsNoPodByAStatementForOthers() {
        Admissions other = of(
                "{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}");

        assertThat(token(other)).isEqualTo(Answer.NO);
        assertThat(session(other)).isEqualTo(Answer.NO);
    }

    @Test
    void needsTheActionsThatAWayCalls() {
        assertThat(token(of(TOKEN.replace("sts:AssumeRoleWithWebIdentity", "sts:AssumeRole"))))
                .isEqualTo(Answer.NO);
        assertThat(session(of(SESSION.replace("\"sts:AssumeRole\", ", "")))).isEqualTo(Answer.NO);
        assertThat(session(of(SESSION.replace(", \"sts:TagSession\"", "")))).isEqualTo(Answer.NO);
        assertThat(token(of(TOKEN.replace("sts:AssumeRoleWithWebIdentity", "STS:assumerolewithwebidentity"))))
                .isEqualTo(Answer.YES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StringEquals -> StringLike",
                "payments:worker -> payments:${x}",
                "\"Action\" -> \"NotAction\"",
                "AssumeRoleWithWebIdentity -> AssumeRoleWith*",
                "AssumeRoleWithWebIdentity -> AssumeRoleWithWebIdentit?",
                "{\"Federated\" -> {\"AWS\": \"*\", \"Federated\"",
                "ABC:aud\": \"sts.amazonaws.com\" -> ABC:aud\": \"sts.amazonaws.com\", \"aws:SourceIp\": \"10.0.0.0\"",
                "ABC:aud -> ABC:amr",
                "{\"StringEquals\" -> {\"Bool\": {\"aws:SecureTransport\": \"true\"}, \"StringEquals\"",
                "\"Allow\" -> \"Deny\""
            })
    void doesNotEvaluateWhatTheOperatorDoesNotWrite(String replacement) {
        String[] change = replacement.split(" -> ", 2);

        assertThat(TOKEN).contains(change[0]);
        assertThat(token(of(TOKEN.replace(change[0], change[1])))).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void doesNotEvaluateASessionWithOtherConditions() {
        assertThat(session(of(SESSION.replace("kubernetes-namespace", "kubernetes-pod-name"))))
                .isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void knowsWhatIsAdmittedBesideAStatementThatItDoesNotEvaluate() {
        Admissions admissions = of(TOKEN, SESSION.replace("StringEquals", "StringLike"));

        assertThat(token(admissions)).isEqualTo(Answer.YES);
        assertThat(session(admissions)).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void admitsNothingForCertainIfAStatementDenies() {
        assertThat(token(of(TOKEN, SESSION.replace("Allow", "Deny")))).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void isUnknownOfADocumentThatWasNotRead() {
        assertThat(token(PolicyFingerprint.UNKNOWN.admissions())).isEqualTo(Answer.UNKNOWN);
        assertThat(token(PolicyDocument.parse("{\"Version\": \"2012-10-17\", \"Statement\": [" + TOKEN + "]}")
                        .fingerprint()
                        .withUnknownDigest()
                        .admissions()))
                .isEqualTo(Answer.UNKNOWN);
    }
}
