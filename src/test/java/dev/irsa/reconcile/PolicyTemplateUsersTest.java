package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.AppliedTemplate;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The roles of the resources that use a policy template follow the template, and never lose what they have to it. */
class PolicyTemplateUsersTest {
    private static final String ENTITLEMENT = """
            namespaceSelector: {}
            allow:
              managedPolicies: ["*"]
              inlineActions: ["sqs:*"]
              templates: [{name: s3-read, parameters: [{name: bucket, values: ["invoices*"]}]}]
            """;
    private static final String USES = """
            policies:
              managed: [AmazonS3ReadOnlyAccess]
              inline:
              - name: queue
                document:
                  Version: "2012-10-17"
                  Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: "*"}]
              templates: [{name: s3-read, parameters: {bucket: invoices}}]
            """;

    private final ReconcileHarness harness = new ReconcileHarness();

    static String template(String action) {
        return """
                parameters: [{name: bucket, pattern: "[a-z-]+"}]
                document:
                  Version: "2012-10-17"
                  Statement: [{Effect: Allow, Action: "%s", Resource: "arn:{{partition}}:s3:::{{bucket}}/{{namespace}}/*"}]
                """.formatted(action);
    }

    @BeforeEach
    void entitle() {
        harness.operator.limit(limits -> limits.apply("everything", ENTITLEMENT));
    }

    private void applyTemplate(String action) {
        harness.operator.limit(limits -> limits.applyTemplate("s3-read", template(action)));
        harness.operator.settle();
    }

    private void ready() {
        applyTemplate("s3:GetObject");
        harness.apply(USES);
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        harness.forgetCalls();
    }

    private String policy() {
        return harness.role().inline().getOrDefault("s3-read", "");
    }

    @Test
    void rendersTheTemplateIntoAnInlinePolicy() {
        ready();

        assertThat(policy())
                .contains("s3:GetObject", "arn:aws:s3:::invoices/payments/*")
                .doesNotContain("{{");
        assertThat(harness.role().inline()).containsOnlyKeys("queue", "s3-read");
        assertThat(harness.status().policyTemplates())
                .hasSize(1)
                .allSatisfy(applied -> assertThat(applied.name()).isEqualTo("s3-read"));
    }

    @Test
    void writesOnlyThePolicyOfAnEditedTemplateAndReportsIt() {
        ready();
        AppliedTemplate before = harness.status().policyTemplates().getFirst();
        applyTemplate("s3:ListBucket");

        assertThat(policy()).contains("s3:ListBucket").doesNotContain("s3:GetObject");
        assertThat(harness.operator.interceptor().awsWrites()).containsExactly("iam:PutRolePolicy");
        assertThat(harness.status().policyTemplates().getFirst().generation()).isGreaterThan(before.generation());
        assertThat(harness.operator.operatorEvents())
                .filteredOn(event -> event.reason().equals("TemplateChanged"))
                .hasSize(1);
        assertThat(harness.operator.operatorEvents())
                .noneMatch(event -> event.reason().equals("DriftRepaired"));
    }

    @Test
    void callsNothingForAnEditThatRendersTheSame() {
        ready();
        long before = harness.status().policyTemplates().getFirst().generation();
        harness.operator.limit(limits ->
                limits.applyTemplate("s3-read", "description: Reads one bucket.\n" + template("s3:GetObject")));
        harness.operator.settle();

        assertThat(harness.operator.iam().calls().trail()).isEmpty();
        assertThat(harness.status().policyTemplates().getFirst().generation()).isGreaterThan(before);
        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void waitsForATemplateThatIsAppliedLater() {
        harness.apply(USES);
        harness.operator.run(Duration.ofSeconds(5));

        assertThat(harness.reason()).isEqualTo("TemplateNotFound");
        assertThat(harness.condition("Reconciling")).isPresent();
        assertThat(harness.condition("Stalled")).isEmpty();
        assertThat(harness.operator.iam().roles()).isEmpty();

        applyTemplate("s3:GetObject");

        assertThat(harness.isReady()).isTrue();
        assertThat(policy()).contains("s3:GetObject");
    }

    @ParameterizedTest
    @CsvSource({"false, TemplateNotFound", "true, TemplateInvalid"})
    void keepsThePoliciesOfARoleWhoseTemplateCannotBeRendered(boolean exists, String reason) {
        ready();
        var inline = harness.role().inline();
        harness.operator.limit(limits -> {
            if (exists) {
                limits.applyTemplate("s3-read", template("s3:GetObject").replace("{{bucket}}", "{{nothing}}"));
            } else {
                limits.deleteTemplate("s3-read");
            }
        });
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.reason()).isEqualTo(reason);
        assertThat(harness.role().inline()).isEqualTo(inline);
        assertThat(harness.operator.iam().calls().trail()).isEmpty();
        assertThat(harness.status().policyTemplates()).hasSize(1);
    }

    @Test
    void reportsDriftWhileATemplateIsMissingAndRepairsItLater() {
        ready();
        harness.operator.limit(limits -> limits.deleteTemplate("s3-read"));
        harness.operator.run(Duration.ofMinutes(1));
        harness.operator
                .iam()
                .console()
                .edit(ROLE, role -> role.withTrust("{\"Version\":\"2012-10-17\",\"Statement\":[]}"));
        harness.operator.run(DefaultSettings.SWEEP.interval().multipliedBy(2));

        assertThat(harness.role().trust()).doesNotContain("system:serviceaccount:payments:invoices");
        assertThat(harness.reason()).isEqualTo("TemplateNotFound");
        assertThat(harness.status().pendingChanges()).singleElement().asString().contains("trust policy");

        applyTemplate("s3:GetObject");

        assertThat(harness.role().trust()).contains("system:serviceaccount:payments:invoices");
        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void createsNoRoleWithoutItsTemplates() {
        ready();
        harness.operator.limit(limits -> limits.deleteTemplate("s3-read"));
        harness.operator.iam().console().delete(ROLE);
        harness.operator.run(DefaultSettings.SWEEP.interval().multipliedBy(2));
        assertThat(harness.operator.iam().roles()).isEmpty();
        assertThat(harness.reason()).isEqualTo("TemplateNotFound");

        applyTemplate("s3:GetObject");

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(policy()).contains("s3:GetObject");
    }

    @Test
    void showsTheChangeOfATemplateWhileSuspended() {
        ready();
        harness.apply(USES + "suspend: true\n");
        harness.operator.settle();
        applyTemplate("s3:ListBucket");

        assertThat(harness.reason()).isEqualTo("Suspended");
        assertThat(harness.status().pendingChanges()).singleElement().asString().contains("inline policy s3-read");
        assertThat(policy()).contains("s3:GetObject");
    }

    @Test
    void refusesAValueThatTheEntitlementDoesNotAllow() {
        applyTemplate("s3:GetObject");
        harness.apply(USES.replace("bucket: invoices", "bucket: salaries"));
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.message()).contains("s3-read", "bucket", "salaries", "invoices*");
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
    }

    @Test
    void removesThePolicyOfAUseThatIsRemoved() {
        ready();
        harness.apply(USES.lines().filter(line -> !line.contains("templates:")).reduce("", (a, b) -> a + b + "\n"));
        harness.operator.settle();

        assertThat(harness.role().inline()).containsOnlyKeys("queue");
        assertThat(harness.status().policyTemplates()).isEmpty();
    }

    @Test
    void editThatDoesNotFitLeavesThatRoleWholeAndChangesTheOthers() {
        ready();
        String filler = "x".repeat(4000);
        harness.operator
                .users()
                .apply(NS, "large", USES.replace("Resource: \"*\"", "Resource: \"arn:aws:sqs:::" + filler + "\""));
        harness.operator.settle();
        var large =
                harness.operator.iam().role("prod_payments_large").orElseThrow().inline();
        assertThat(harness.isReady("large")).isTrue();

        applyTemplate("s3:" + "y".repeat(5900));

        assertThat(harness.isReady(NAME)).as(harness.message()).isTrue();
        assertThat(harness.isReady("large")).isFalse();
        assertThat(harness.reason("large")).isEqualTo("InvalidSpec");
        assertThat(harness.operator
                        .iam()
                        .role("prod_payments_large")
                        .orElseThrow()
                        .inline())
                .isEqualTo(large);
    }
}
