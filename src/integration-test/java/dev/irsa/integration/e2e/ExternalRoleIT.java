package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.Calls;
import org.junit.jupiter.api.Test;

/** A role that others manage as users see it, with the operator as its own process. */
class ExternalRoleIT extends OperatorTestBase {
    private static final String CHART = "example.com/chart";

    @Override
    OperatorLaunch launch() {
        return env.sweeping();
    }

    @Test
    void annotatesWithARoleThatItNeverChanges() {
        Subject subject = Subject.in(env);
        String role = "terraform-" + subject.namespace();
        String arn = createRole(subject, role);
        subject.kubectl("create", "serviceaccount", "invoices");
        subject.kubectl("annotate", "serviceaccount", "invoices", CHART + "=invoices-1.0");
        String uid = subject.accountUid();
        String spec = "{externalRole: {arn: \"" + arn + "\"}, delivery: [IRSA]}";

        subject.apply(spec);
        assertThat(subject.awaitReason("NotEntitled")).contains("allow.externalRoleARNs", arn);
        assertIsNotAnnotated(subject);

        entitle(subject, "arn:aws:iam::123456789012:role/terraform/*");
        String missing = subject.awaitReason("TrustMissing");
        assertThat(missing).contains(arn, "does not admit the subject system:serviceaccount:" + subject.namespace());
        assertThat(subject.condition("Stalled")).isEqualTo("True");
        assertIsNotAnnotated(subject);

        env.iam()
                .updateAssumeRolePolicy(request -> request.roleName(role)
                        .policyDocument(
                                "{\"Version\": \"2012-10-17\", \"Statement\": [" + statementOf(missing) + "]}"));
        VisibleState before = VisibleState.ofRole(subject, role);
        subject.awaitReady();
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(arn);
        assertIsShown(subject, arn);

        subject.delete();
        assertIsNotAnnotated(subject);
        assertThat(subject.accountUid()).isEqualTo(uid);
        assertThat(subject.annotation(CHART)).isEqualTo("invoices-1.0");
        assertThat(before.changesTo(VisibleState.ofRole(subject, role))).isEmpty();
        assertOnlyRead(subject, role);
    }

    @Test
    void annotatesWithARoleOfAnotherAccountWithoutACall() {
        Subject subject = Subject.in(env);
        String arn = "arn:aws:iam::444455556666:role/" + subject.namespace();
        entitle(subject, arn);

        subject.apply("{externalRole: {arn: \"" + arn + "\"}, delivery: [IRSA]}")
                .awaitReady();

        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(arn);
        assertThat(subject.ready("message"))
                .contains(
                        "was not checked, because the operator cannot read account 444455556666",
                        "must admit system:serviceaccount:" + subject.namespace() + ":invoices");
        subject.delete();
        assertThat(env.proxy().calls().actionsOn(subject.namespace())).isEmpty();
    }

    /** Creates a role that trusts another ServiceAccount, and returns its ARN. */
    private String createRole(Subject subject, String role) {
        String issuer = env.controlPlane().issuer().replaceFirst("https://", "");
        String other = "system:serviceaccount:" + subject.namespace() + ":other";
        return env.iam()
                .createRole(request -> request.roleName(role)
                        .path("/terraform/")
                        .assumeRolePolicyDocument(TrustPolicy.irsa(issuer, "StringEquals", other, "sts.amazonaws.com")))
                .role()
                .arn();
    }

    private void entitle(Subject subject, String roles) {
        env.kubectl()
                .apply("""
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: external-%s}
                spec:
                  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}
                  allow:
                    externalRoleARNs: ["%s"]
                """.formatted(subject.namespace(), subject.namespace(), roles))
                .orThrow();
    }

    /** Returns the statement that the message asks the owner of the role to add. */
    private static String statementOf(String message) {
        return message.substring(message.indexOf('{'));
    }

    private static void assertIsNotAnnotated(Subject subject) {
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEmpty();
    }

    private static void assertIsShown(Subject subject, String arn) {
        assertThat(subject.field("iamsa/invoices", "{.status.roleARN} {.status.role}"))
                .isEqualTo(arn + " ");
        assertThat(subject.kubectl("get", "iamsa", "invoices", "-o=wide"))
                .containsPattern("True +Ready +\\[\"IRSA\"] +" + arn.substring(arn.lastIndexOf('/') + 1) + " .* " + arn)
                .contains("ServiceAccount invoices is annotated with role " + arn)
                .contains("its trust policy admits the ServiceAccount");
        subject.awaitEvent("ServiceAccountAnnotated", arn);
    }

    /** Neither the role of others nor one that the operator would derive was written. */
    private void assertOnlyRead(Subject subject, String role) {
        Calls calls = env.proxy().calls();
        assertThat(calls.actionsOn(role)).isNotEmpty().containsOnly("GetRole");
        assertThat(calls.actionsOn(subject.roleName())).isEmpty();
        assertThat(env.rolesOf(subject.namespace())).isEmpty();
    }
}
