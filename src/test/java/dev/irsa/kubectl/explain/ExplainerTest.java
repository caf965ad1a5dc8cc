package dev.irsa.kubectl.explain;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.RoleStatus;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.Statuses;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.doctor.DoctorReport;
import dev.irsa.kubectl.output.Terminal;
import dev.irsa.port.ManagedPolicyReads;
import dev.irsa.port.OperatorSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What explain says a resource asks for. */
class ExplainerTest {
    private static final String TEMPLATE = """
            parameters: [{name: bucket, pattern: "[a-z-]+"}]
            document:
              Version: "2012-10-17"
              Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "arn:{{partition}}:s3:::{{bucket}}/*"}]
            """;

    private static final Condition READY = new Condition("Ready", "True", 1, "2026-11-27T10:00:00Z", "Ready", "ok");

    private final SimulatedOperator operator = new SimulatedOperator();
    private final InMemoryEntitlements entitlements = new InMemoryEntitlements(operator.users());
    private ManagedPolicyReads policies = _ -> Optional.empty();

    private Explanation explain(String spec, List<String> missing) {
        operator.users().apply(NS, NAME, spec);
        IamServiceAccount resource = operator.users().resource(NS, NAME).orElseThrow();
        resource.setStatus(IamServiceAccountStatus.UNSEEN.with(missing, List.of(READY)));
        return explain(resource);
    }

    private Explanation explain(String spec) {
        operator.users().apply(NS, NAME, spec);
        return explain(operator.users().resource(NS, NAME).orElseThrow());
    }

    private Explanation explain(IamServiceAccount resource) {
        return explain(resource, Evidence.of(settings()));
    }

    private OperatorSettings settings() {
        return new OperatorSettings(
                "1",
                operator.identity(),
                Set.of(TokenSpec.DEFAULT_AUDIENCE),
                Set.of(),
                false,
                false,
                Documentation.HOME);
    }

    private Explanation explain(IamServiceAccount resource, Evidence<OperatorSettings> settings) {
        return new Explainer(settings, entitlements, _ -> Evidence.of(policies))
                .explain(
                        resource,
                        Evidence.unreadable("not planned"),
                        new DoctorReport(NS, NAME, "", "", "", "", List.of(), List.of()));
    }

    @Test
    void showsTemplatesRendered() {
        entitlements.apply(
                "everything",
                "namespaceSelector: {}\nallow: {templates: [{name: s3-read, parameters: [{name: bucket, values: ['*']}]}]}\n");
        entitlements.applyTemplate("s3-read", TEMPLATE);

        Explanation explanation = explain("policies: {templates: [{name: s3-read, parameters: {bucket: invoices}}]}");

        assertThat(explanation.role().inlinePolicies()).containsExactly("s3-read");
        assertThat(explanation.format(Terminal.NONE))
                .contains("arn:aws:s3:::invoices/*")
                .doesNotContain("{{bucket}}");
        assertThat(explanation.links()).anyMatch(link -> link.seen().equals("IamEntitlement everything"));
    }

    @Test
    void failsIfTheRequiredBoundaryDoesNotExist() {
        entitlements.apply(
                "everything",
                "namespaceSelector: {}\nrequire: {permissionsBoundaryARN: 'arn:aws:iam::111122223333:policy/typo'}\n");

        assertThat(explain("{}").format(Terminal.NONE))
                .containsPattern(
                        "FAILED +Permissions boundary exists +arn:aws:iam::111122223333:policy/typo does not exist");

        policies = _ -> Optional.of(PolicyDocument.parse("{}"));
        assertThat(explain("{}").format(Terminal.NONE))
                .containsPattern("ok +Permissions boundary exists +arn:aws:iam::111122223333:policy/typo");
    }

    @Test
    void namesTheValueThatNoEntitlementAllows() {
        entitlements.apply(
                "everything",
                "namespaceSelector: {}\nallow: {templates: [{name: s3-read, parameters: [{name: bucket, values: [reports]}]}]}\n");
        entitlements.applyTemplate("s3-read", TEMPLATE);

        Explanation explanation = explain("policies: {templates: [{name: s3-read, parameters: {bucket: invoices}}]}");

        assertThat(explanation.links()).anyMatch(link -> link.seen().contains("is not allowed here; allowed: reports"));
    }

    @Test
    void showsWhatTheRoleLacks() {
        Explanation explanation = explain("{}", List.of("IamEntitlement everything requires tag team=shop"));

        assertThat(explanation.format(Terminal.NONE))
                .contains("Warning: Role has what entitlements require")
                .contains("Seen: IamEntitlement everything requires tag team=shop")
                .contains("What to do: resolve what the condition Ready reports");
        assertThat(explain("{}", List.of()).links())
                .anyMatch(link ->
                        link.cause().equals("RequirementMissing") && link.seen().equals("the resource has no role"));
        assertThat(explain(withRole("{}", "arn:aws:iam::111122223333:role/irsa/prod/invoices"))
                        .links())
                .anyMatch(link ->
                        link.cause().equals("RequirementMissing") && link.seen().equals("nothing is missing"));
    }

    private IamServiceAccount withRole(String spec, @Nullable String roleArn) {
        operator.users().apply(NS, NAME, spec);
        IamServiceAccount resource = operator.users().resource(NS, NAME).orElseThrow();
        RoleStatus role = roleArn == null ? null : new RoleStatus(NAME, "AROA1", Map.of(), List.of());
        resource.setStatus(Statuses.of(1, roleArn, role, null, List.of(), List.of(READY)));
        return resource;
    }

    private Evidence<OperatorSettings> analytics() {
        return Evidence.of(
                settings().in(new AwsAccount("aws", "444455556666", "", 10, "analytics"), "/irsa/analytics/"));
    }

    private static String entitlementCheck(Explanation explanation) {
        return explanation.links().stream()
                .filter(link -> link.cause().equals("NotEntitled"))
                .map(link -> link.state() + ": " + link.seen())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void explainsRoleInAnotherAccount() {
        String arn = "arn:aws:iam::444455556666:role/irsa/analytics/prod_payments_invoices";
        entitlements.apply(
                "analytics",
                "account: analytics\nnamespaceSelector: {}\nallow: {managedPolicies: ['arn:aws:iam::444455556666:policy/*'],"
                        + " templates: [{name: account}]}");
        entitlements.applyTemplate("account", """
                document:
                  Version: "2012-10-17"
                  Statement: [{Effect: Allow, Action: "sqs:*", Resource: "arn:{{partition}}:sqs:*:{{account}}:*"}]
                """);

        Explanation explanation = explain(
                withRole(
                        "account: analytics\npolicies: {managed: ['arn:aws:iam::444455556666:policy/a'],"
                                + " templates: [{name: account}]}",
                        null),
                analytics());

        assertThat(explanation.role().arn()).isEqualTo(arn);
        assertThat(explanation.role().templatePolicies().values())
                .singleElement()
                .asString()
                .contains("arn:aws:sqs:*:444455556666:*");
        assertThat(entitlementCheck(explanation)).isEqualTo("OK: IamEntitlement analytics");
    }

    @Test
    void countsNoEntitlementForTheAccountOfTheOperator() {
        Explanation explanation = explain(
                withRole("account: analytics", "arn:aws:iam::444455556666:role/irsa/analytics/" + NAME), analytics());

        assertThat(entitlementCheck(explanation))
                .startsWith("Failed: no IamEntitlement is for the IamAccount analytics");
    }

    @Test
    void claimsNothingAboutARoleInAnUnknownAccount() {
        Explanation explanation = explain(
                withRole("account: analytics", null), Evidence.unreadable("IamAccount analytics cannot be read"));

        assertThat(explanation.role().arn()).isEmpty();
        assertThat(explanation.role().account()).isEqualTo("analytics");
        assertThat(entitlementCheck(explanation)).isEqualTo("NotChecked: IamAccount analytics cannot be read");
        assertThat(explanation.format(Terminal.NONE)).doesNotContain("111122223333");
    }

    @Test
    void showsNoPoliciesOfARoleOfOthers() {
        entitlements.apply(
                "everything",
                "namespaceSelector: {}\nallow: {externalRoleARNs: [\"arn:aws:iam::111122223333:role/teams/*\"]}\n");

        Explanation explanation = explain("externalRole: {arn: \"arn:aws:iam::111122223333:role/teams/a\"}");

        assertThat(explanation.role().arn()).isEqualTo("arn:aws:iam::111122223333:role/teams/a");
        assertThat(explanation.role().inlinePolicies()).isEmpty();
        assertThat(explanation.links()).anyMatch(link -> link.seen().equals("IamEntitlement everything"));
    }
}
