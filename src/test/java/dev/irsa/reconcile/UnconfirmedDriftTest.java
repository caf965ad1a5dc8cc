package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A sweep only points: what it says is read again, so that a drift that was mended meanwhile leads to no write. */
class UnconfirmedDriftTest {
    private static final Duration INTERVAL = SweepSettings.DEFAULT.interval();
    private static final String BOUND = "arn:aws:iam::111122223333:policy/bound";
    private static final String SPEC =
            USUAL + "role: {description: d, permissionsBoundaryArn: '" + BOUND + "', tags: {team: payments}}";
    private static final String ALLOW =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    /** Somebody changes the role, a sweep sees it, and before the reconcile comes all is as it was. */
    private static ReconcileHarness mended(UnaryOperator<RoleRecord> edit) {
        ReconcileHarness trial = ReconcileHarness.ready(SPEC);
        trial.operator.run(INTERVAL);
        trial.forgetCalls();
        RoleRecord before = trial.role();
        trial.operator.iam().console().edit(ROLE, edit);
        trial.operator.gate().after(call -> {
            if (call.action().equals("iam:ListRoles")) {
                trial.operator.iam().console().edit(ROLE, drifted -> before);
            }
        });
        int reconciles = trial.operator.reconciles();
        int told = trial.operator.notices().size();

        trial.operator.run(INTERVAL);

        assertThat(trial.operator.reconciles()).as("the sweep saw it").isGreaterThan(reconciles);
        assertThat(trial.role()).isEqualTo(before);
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.notices()).hasSize(told);
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        return trial;
    }

    private static void assertCalm(ReconcileHarness trial) {
        trial.forgetCalls();
        trial.operator.run(INTERVAL.multipliedBy(3));
        assertThat(trial.operator.iam().calls().perRole()).isEmpty();
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
    }

    @Test
    void whatGetRoleTellsIsConfirmedByIt() {
        for (UnaryOperator<RoleRecord> edit : List.<UnaryOperator<RoleRecord>>of(
                role -> role.withTrust("{\"Version\":\"2012-10-17\",\"Statement\":[]}"),
                RoleRecord::withoutBoundary,
                role -> role.withMaxSessionSeconds(7200),
                role -> role.withDescription("other"),
                role -> role.withoutTag("team"),
                role -> role.withTag("irsa.dev/resource", "else/where"))) {
            ReconcileHarness trial = mended(edit);
            assertThat(trial.operator.iam().calls().perRole()).containsExactly("GetRole " + ROLE);
            assertCalm(trial);
        }
    }

    @Test
    void aForeignPolicyIsConfirmedByTheLists() {
        assertCalm(mended(role -> role.withAttached("arn:aws:iam::aws:policy/AdministratorAccess")));
        assertCalm(mended(role -> role.withInline("backdoor", ALLOW)));
    }

    @Test
    void aForeignPolicyThatOnlyDeniesByNowStays() {
        ReconcileHarness trial = ReconcileHarness.ready(SPEC);
        trial.operator.run(INTERVAL);
        trial.forgetCalls();
        String deny = ALLOW.replace("Allow", "Deny");
        trial.operator.iam().console().edit(ROLE, role -> role.withInline("emergency", ALLOW));
        trial.operator.gate().after(call -> {
            if (call.action().equals("iam:ListRoles")) {
                trial.operator.iam().console().edit(ROLE, role -> role.withInline("emergency", deny));
            }
        });

        trial.operator.run(INTERVAL);

        assertThat(trial.role().inline()).containsEntry("emergency", deny);
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertThat(trial.message()).contains("emergency");
    }

    @Test
    void aPolicyThatIsMissedIsSimplyGivenAgain() {
        ReconcileHarness trial = ReconcileHarness.ready(SPEC);
        trial.operator.run(INTERVAL);
        trial.forgetCalls();
        RoleRecord before = trial.role();
        trial.operator.iam().console().edit(ROLE, role -> role.withoutAttached(S3));
        trial.operator.gate().after(call -> {
            if (call.action().equals("iam:ListRoles")) {
                trial.operator.iam().console().edit(ROLE, drifted -> before);
            }
        });

        trial.operator.run(INTERVAL);

        assertThat(trial.role()).isEqualTo(before);
        assertThat(trial.operator.iam().calls().perRole())
                .containsExactly("GetRole " + ROLE, "AttachRolePolicy " + ROLE);
        assertCalm(trial);
    }

    @Test
    void aRoleThatASweepMissesAndGetRoleShowsIsNotMadeAgain() {
        ReconcileHarness trial = ReconcileHarness.ready(SPEC);
        trial.operator.run(INTERVAL);
        trial.forgetCalls();
        RoleRecord before = trial.role();
        // Without our tags it is missed like one that was deleted.
        trial.operator.iam().console().edit(ROLE, role -> role.withTags(Map.of()));
        trial.operator.gate().after(call -> {
            if (call.action().equals("iam:ListRoles")) {
                trial.operator.iam().console().edit(ROLE, drifted -> before);
            }
        });

        trial.operator.run(INTERVAL);

        assertThat(trial.role()).isEqualTo(before);
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
        assertCalm(trial);
    }
}
