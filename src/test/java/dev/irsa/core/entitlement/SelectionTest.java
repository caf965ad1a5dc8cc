package dev.irsa.core.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.entitlement.Platform;
import dev.irsa.fixtures.entitlement.SampleRequirements;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Selects among several entitlements, and advises a namespace that none selects. */
class SelectionTest {
    private static final String ASKS = "{policies: {managed: [A]}}";
    private static final Map<String, String> LABELLED = Map.of("team", "payments", "stage", "live");

    private static String selecting(String labels, String more) {
        return "{namespaceSelector: {matchLabels: {" + labels + "}}, " + more + "}";
    }

    @Test
    void selectsFirstByNameThatAllowsWholeRequest() {
        Platform platform = new Platform()
                .with(
                        "c",
                        selecting(
                                "team: payments",
                                "allow: {managedPolicies: [A]}, require: {permissionsBoundaryARN: 'arn:aws:iam::"
                                        + "111122223333:policy/c'}"))
                .with("b", selecting("team: payments", "allow: {managedPolicies: ['*']}"))
                .with("a", selecting("team: payments", "allow: {managedPolicies: [B]}"));

        assertThat(platform.judge(ASKS, LABELLED))
                .isEqualTo(new EntitlementDecision.Allowed(SampleRequirements.nothing("b")));
    }

    @Test
    void deniesRequestThatNoSingleEntitlementAllows() {
        Platform platform = new Platform()
                .with("a", selecting("team: payments", "allow: {managedPolicies: [A]}"))
                .with("b", selecting("stage: live", "allow: {managedPolicies: [B]}"))
                .with("other", selecting("team: other", "allow: {managedPolicies: ['*']}"));

        assertThat(platform.denial("{policies: {managed: [A, B]}}", LABELLED))
                .isEqualTo(
                        "denied by IamEntitlement a because managed policy arn:aws:iam::aws:policy/B is not in allow.managedPolicies;"
                                + " by IamEntitlement b because managed policy arn:aws:iam::aws:policy/A is not in allow.managedPolicies");
    }

    @Test
    void ignoresInvalidEntitlementIfAnotherAllows() {
        Platform platform = new Platform()
                .with("a", selecting("team: payments", "allow: {managedPolicies: [A], inlineActions: ['s*:Get']}"))
                .with("b", selecting("team: payments", "allow: {managedPolicies: [A]}"));

        assertThat(platform.judge(ASKS, LABELLED))
                .isEqualTo(new EntitlementDecision.Allowed(SampleRequirements.nothing("b")));
    }

    @Test
    void advisesToCreateFirstEntitlement() {
        assertThat(new Platform().denial(ASKS, LABELLED))
                .isEqualTo("this cluster has no IamEntitlement, so no role is allowed; ask a platform"
                        + " engineer to run: kubectl apply -f deploy/entitlement.yaml");
    }

    @Test
    void reportsCommandThatLabelsNamespace() {
        Platform platform = new Platform()
                .with("a", selecting("irsa.dev/entitlement: none", "allow: {managedPolicies: [B]}"))
                .with(
                        "default",
                        selecting("irsa.dev/entitlement: default, stage: live", "allow: {managedPolicies: [A]}"));

        assertThat(platform.denial(ASKS, Map.of("team", "payments")))
                .isEqualTo("no IamEntitlement selects namespace payments; default would allow this once a platform"
                        + " engineer labels the namespace:"
                        + " kubectl label namespace payments irsa.dev/entitlement=default stage=live");
    }

    @Test
    void neverAdvisesToReplaceLabel() {
        Platform platform = new Platform()
                .with("a", selecting("team: ledger", "allow: {managedPolicies: [A]}"))
                .with("b", selecting("zone: north", "allow: {managedPolicies: [A]}"));

        assertThat(platform.denial(ASKS, LABELLED))
                .contains("b would allow this")
                .endsWith(": kubectl label namespace payments zone=north");
    }

    @Test
    void namesAllowingEntitlementIfLabelCannotBeSet() {
        Platform platform = new Platform()
                .with("a", selecting("team: ledger", "allow: {managedPolicies: [A]}, limits: {rolesPerNamespace: 3}"));

        assertThat(platform.denial(ASKS, LABELLED))
                .isEqualTo(
                        "no IamEntitlement selects namespace payments; a would allow this; ask a platform engineer for"
                                + " a namespace that it selects");
        assertThat(platform.denial("{policies: {managed: [B]}}", LABELLED))
                .isEqualTo("no IamEntitlement selects namespace payments; no existing IamEntitlement would allow"
                        + " this; ask a platform engineer to add one");
    }

    @Test
    void reportsNoCommandIfLabelIsNotEnough() {
        Platform platform = new Platform()
                .with(
                        "a",
                        "{namespaceSelector: {matchExpressions: [{key: team,"
                                + " operator: NotIn, values: [payments]}]}, allow: {managedPolicies: [A]}}");

        assertThat(platform.denial(ASKS, LABELLED)).doesNotContain("kubectl").contains("selects namespace payments");
    }
}
