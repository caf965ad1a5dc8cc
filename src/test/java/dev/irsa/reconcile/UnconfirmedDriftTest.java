package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * A sweep only suggests drift. The operator reads the role again, so drift that was undone in the meantime causes no
 * write.
 */
class UnconfirmedDriftTest {
    private static final Duration INTERVAL = DefaultSettings.SWEEP.interval();
    private static final String BOUND = "arn:aws:iam::111122223333:policy/bound";
    private static final String SPEC =
            USUAL + "role: {description: d, permissionsBoundaryARN: '" + BOUND + "', tags: {team: payments}}";
    private static final String ALLOW =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    /** Changes the role, lets a sweep observe the change, and undoes it before the reconcile. */
    private static ReconcileHarness repairedBeforeReconcile(UnaryOperator<RoleRecord> edit) {
        ReconcileHarness harness = ReconcileHarness.ready(SPEC);
        harness.operator.run(INTERVAL);
        harness.forgetCalls();
        RoleRecord before = harness.role();
        harness.operator.iam().console().edit(ROLE, edit);
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("iam:ListRoles")) {
                harness.operator.iam().console().edit(ROLE, drifted -> before);
            }
        });
        int reconciles = harness.operator.reconciles();
        int reported = harness.operator.operatorEvents().size();

        harness.operator.run(INTERVAL);

        assertThat(harness.operator.reconciles()).as("the sweep observed it").isGreaterThan(reconciles);
        assertThat(harness.role()).isEqualTo(before);
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.operatorEvents()).hasSize(reported);
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        return harness;
    }

    private static void assertNoFurtherCalls(ReconcileHarness harness) {
        harness.forgetCalls();
        harness.operator.run(INTERVAL.multipliedBy(3));
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @Test
    void confirmsDriftOfTheRoleWithGetRole() {
        for (UnaryOperator<RoleRecord> edit : List.<UnaryOperator<RoleRecord>>of(
                role -> role.withTrust("{\"Version\":\"2012-10-17\",\"Statement\":[]}"),
                RoleRecord::withoutBoundary,
                role -> role.withMaxSessionSeconds(7200),
                role -> role.withDescription("other"),
                role -> role.withoutTag("team"),
                role -> role.withTag("irsa.dev/resource", "else/where"))) {
            ReconcileHarness harness = repairedBeforeReconcile(edit);
            assertThat(harness.operator.iam().calls().perRole()).containsExactly("GetRole " + ROLE);
            assertNoFurtherCalls(harness);
        }
    }

    @Test
    void confirmsAForeignPolicyByListingPolicies() {
        assertNoFurtherCalls(
                repairedBeforeReconcile(role -> role.withAttached("arn:aws:iam::aws:policy/AdministratorAccess")));
        assertNoFurtherCalls(repairedBeforeReconcile(role -> role.withInline("backdoor", ALLOW)));
    }

    @Test
    void keepsAForeignPolicyThatNowOnlyDenies() {
        ReconcileHarness harness = ReconcileHarness.ready(SPEC);
        harness.operator.run(INTERVAL);
        harness.forgetCalls();
        String deny = ALLOW.replace("Allow", "Deny");
        harness.operator.iam().console().edit(ROLE, role -> role.withInline("emergency", ALLOW));
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("iam:ListRoles")) {
                harness.operator.iam().console().edit(ROLE, role -> role.withInline("emergency", deny));
            }
        });

        harness.operator.run(INTERVAL);

        assertThat(harness.role().inline()).containsEntry("emergency", deny);
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.message()).contains("emergency");
    }

    @Test
    void attachesAMissingPolicyWithoutConfirmation() {
        ReconcileHarness harness = ReconcileHarness.ready(SPEC);
        harness.operator.run(INTERVAL);
        harness.forgetCalls();
        RoleRecord before = harness.role();
        harness.operator.iam().console().edit(ROLE, role -> role.withoutAttached(S3));
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("iam:ListRoles")) {
                harness.operator.iam().console().edit(ROLE, drifted -> before);
            }
        });

        harness.operator.run(INTERVAL);

        assertThat(harness.role()).isEqualTo(before);
        assertThat(harness.operator.iam().calls().perRole())
                .containsExactly("GetRole " + ROLE, "AttachRolePolicy " + ROLE);
        assertNoFurtherCalls(harness);
    }

    @Test
    void doesNotRecreateARoleThatGetRoleShows() {
        ReconcileHarness harness = ReconcileHarness.ready(SPEC);
        harness.operator.run(INTERVAL);
        harness.forgetCalls();
        RoleRecord before = harness.role();
        // A role without the ownership tags looks to the sweep like a deleted one.
        harness.operator.iam().console().edit(ROLE, role -> role.withTags(Map.of()));
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("iam:ListRoles")) {
                harness.operator.iam().console().edit(ROLE, drifted -> before);
            }
        });

        harness.operator.run(INTERVAL);

        assertThat(harness.role()).isEqualTo(before);
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertNoFurtherCalls(harness);
    }
}
