package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ServiceAccountIT extends OperatorTestBase {
    private static final String FOREIGN_FIELDS =
            "{.metadata.uid} {.metadata.labels} {.metadata.annotations.meta\\.helm\\.sh/release-name} {.secrets} {.imagePullSecrets}"
                    + " {.automountServiceAccountToken} {.metadata.managedFields[?(@.manager==\"kubectl\")]}";

    @Test
    void manageAnnotatesExistingServiceAccountOnly() {
        Subject subject = Subject.in(env);
        env.kubectl().apply(helmServiceAccount(subject.namespace())).orThrow();
        String before = subject.field("sa/invoices", FOREIGN_FIELDS);
        assertThat(before).contains("Helm", "registry", "fieldsV1");

        subject.apply("{token: {expirationSeconds: 3600}}").awaitReady();
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(subject.roleArn());
        assertThat(subject.annotation("eks.amazonaws.com/token-expiration")).isEqualTo("3600");
        assertThat(subject.field("sa/invoices", FOREIGN_FIELDS)).isEqualTo(before);
        assertThat(subject.field("sa/invoices", "{.metadata.ownerReferences}")).isEmpty();
        assertThat(subject.field("iamsa/invoices", "{.status.serviceAccounts[*].created}"))
                .isEqualTo("false");
        assertThat(subject.field("sa/invoices", "{.metadata.managedFields[?(@.manager==\"irsa-operator\")].fieldsV1}"))
                .isEqualTo("{\"f:metadata\":{\"f:annotations\":{\"f:eks.amazonaws.com/role-arn\":{},"
                        + "\"f:eks.amazonaws.com/token-expiration\":{}}}}");

        subject.delete();
        assertThat(subject.field("sa/invoices", FOREIGN_FIELDS)).isEqualTo(before);
        assertThat(subject.field("sa/invoices", "{.metadata.annotations}"))
                .isEqualTo("{\"meta.helm.sh/release-name\":\"invoices\"}");
    }

    @Test
    void annotateWaitsForTheServiceAccount() {
        Subject subject = Subject.in(env).apply("{serviceAccounts: [{name: invoices, management: Annotate}]}");
        assertThat(subject.awaitReason("ServiceAccountMissing"))
                .contains("ServiceAccount invoices", "CreateOrAnnotate");
        assertThat(subject.condition("Stalled")).isEmpty();
        assertThat(subject.accountExists()).isFalse();

        subject.kubectl("create", "serviceaccount", "invoices");
        subject.awaitReady();
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(subject.roleArn());

        subject.kubectl("delete", "serviceaccount", "invoices");
        subject.awaitReason("ServiceAccountMissing");
        assertThat(subject.accountExists()).isFalse();
        subject.delete();
    }

    @Test
    void ignoreLeavesTheServiceAccountToTheUser() {
        Subject subject = Subject.in(env)
                .apply("{serviceAccounts: [{name: invoices, management: Ignore}]}")
                .awaitReady();
        assertThat(subject.accountExists()).isFalse();
        subject.kubectl("create", "serviceaccount", "invoices");
        String arn = subject.field("iamsa/invoices", "{.status.roleARN}");
        subject.kubectl("annotate", "serviceaccount", "invoices", Subject.ROLE_ARN + "=" + arn);
        subject.delete();
        assertThat(subject.annotation(Subject.ROLE_ARN))
                .as("the user's own annotation")
                .isEqualTo(arn);
    }

    @Test
    void restoresDeletedOrEditedServiceAccount() {
        Subject subject = Subject.in(env).apply("{}").awaitReady();
        String uid = subject.accountUid();
        assertRestoredAfter(
                subject, "stripped of its annotation", "annotate", "sa", "invoices", Subject.ROLE_ARN + "-");
        assertRestoredAfter(
                subject,
                "given another annotation",
                "annotate",
                "--overwrite",
                "sa",
                "invoices",
                Subject.ROLE_ARN + "=arn:aws:iam::123456789012:role/other");
        assertThat(subject.accountUid()).isEqualTo(uid);
        assertRestoredAfter(subject, "deleted", "delete", "sa", "invoices");
        assertThat(subject.accountUid()).isNotEmpty().isNotEqualTo(uid);
        assertThat(subject.ready("status")).isEqualTo("True");
        assertThat(subject.calls()).doesNotContain("GetRole");
        subject.delete();
    }

    /** Prints the time. The limit is below the retry delay, so that only the watch can trigger the repair. */
    private static void assertRestoredAfter(Subject subject, String what, String... kubectl) {
        subject.kubectl(kubectl);
        Instant from = Instant.now();
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> subject.annotation(Subject.ROLE_ARN).equals(subject.roleArn()));
        System.out.println("ServiceAccount " + what + ": restored after "
                + Duration.between(from, Instant.now()).toMillis() + " ms");
    }

    /** Returns a ServiceAccount as installed by a chart, with fields of other owners. */
    private static String helmServiceAccount(String namespace) {
        return """
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              namespace: %s
              name: invoices
              labels: {app.kubernetes.io/managed-by: Helm}
              annotations: {meta.helm.sh/release-name: invoices}
            secrets: [{name: invoices-token}]
            imagePullSecrets: [{name: registry}]
            automountServiceAccountToken: false
            """.formatted(namespace);
    }
}
