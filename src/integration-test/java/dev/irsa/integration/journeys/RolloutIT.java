package dev.irsa.integration.journeys;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An edit of a policy template or an entitlement reaches all roles, with as few calls as an edit of each of them would need. */
class RolloutIT {
    private static final int USERS = 1000;
    private static final String BASELINE = "arn:aws:iam::111122223333:policy/baseline";

    private final ReconcileHarness harness = new ReconcileHarness();

    private void applyTemplate(String action) {
        harness.operator.limit(limits -> limits.applyTemplate("s3-read", """
                parameters: [{name: bucket, pattern: "[a-z-]+"}]
                document:
                  Version: "2012-10-17"
                  Statement: [{Effect: Allow, Action: "%s", Resource: "arn:{{partition}}:s3:::{{bucket}}/*"}]
                """.formatted(action)));
        harness.operator.settle();
    }

    private void applyEntitlement(String requirements) {
        harness.operator.limit(limits -> limits.apply("everything", """
                namespaceSelector: {}
                allow: {templates: [{name: s3-read, parameters: [{name: bucket, values: [invoices]}]}]}
                require: {%s}
                """.formatted(requirements)));
        harness.operator.settle();
    }

    private void applyUsers() {
        applyEntitlement("");
        applyTemplate("s3:GetObject");
        for (int i = 0; i < USERS; i++) {
            harness.operator
                    .users()
                    .apply(NS, "user-" + i, "policies: {templates: [{name: s3-read, parameters: {bucket: invoices}}]}");
        }
        harness.operator.settle();
        harness.forgetCalls();
    }

    private Map<String, Long> calls() {
        return harness.operator.iam().calls().log().stream()
                .collect(Collectors.groupingBy(call -> call.action(), Collectors.counting()));
    }

    /** A policy is read again before it is replaced, because it may be an incident response by now. */
    @Test
    void bringsATemplateToThousandRolesWithThreeCallsEach() {
        applyUsers();

        applyTemplate("s3:ListBucket");

        assertThat(harness.operator.iam().roles())
                .hasSize(USERS)
                .allSatisfy(role -> assertThat(role.inline().get("s3-read")).contains("s3:ListBucket"));
        assertThat(calls())
                .containsOnly(
                        Map.entry("GetRole", (long) USERS),
                        Map.entry("GetRolePolicy", (long) USERS),
                        Map.entry("PutRolePolicy", (long) USERS));
    }

    @Test
    void bringsARequiredPolicyToThousandRolesWithTwoCallsEach() {
        applyUsers();

        applyEntitlement("managedPolicies: ['" + BASELINE + "']");

        assertThat(harness.operator.iam().roles())
                .hasSize(USERS)
                .allSatisfy(role -> assertThat(role.attached()).contains(BASELINE));
        assertThat(calls())
                .containsOnly(Map.entry("GetRole", (long) USERS), Map.entry("AttachRolePolicy", (long) USERS));
    }

    @Test
    void bringsARequiredTagToThousandRolesWithTwoCallsEach() {
        applyUsers();

        applyEntitlement("tags: [{key: cost-center, value: '4711'}]");

        assertThat(harness.operator.iam().roles())
                .hasSize(USERS)
                .allSatisfy(role -> assertThat(role.tags()).containsEntry("cost-center", "4711"));
        assertThat(calls()).containsOnly(Map.entry("GetRole", (long) USERS), Map.entry("TagRole", (long) USERS));
    }
}
