package dev.irsa.kubectl.explain;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.doctor.DoctorReport;
import dev.irsa.kubectl.output.Terminal;
import dev.irsa.port.OperatorSettings;
import java.util.List;
import java.util.Set;
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
        OperatorSettings settings = new OperatorSettings(
                "1", operator.identity(), Set.of(TokenSpec.DEFAULT_AUDIENCE), Set.of(), false, false);
        return new Explainer(Evidence.of(settings), entitlements)
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
                        link.cause().equals("RequirementMissing") && link.seen().equals("nothing is missing"));
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
