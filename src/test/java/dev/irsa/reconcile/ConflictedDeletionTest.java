package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.operator.CrashInterceptor.Cut;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deletes resources that never had a role. They wait for IAM to be consistent only if a write may have been made for them. */
class ConflictedDeletionTest {
    private final ReconcileHarness harness = new ReconcileHarness();

    /** Creation times have whole seconds: a resource of the first second may be older than the process. */
    @BeforeEach
    void awaitNextSecond() {
        harness.operator.run(Duration.ofSeconds(1));
    }

    private void createForeignRole() {
        harness.operator.iam().console().create(ROLE, "/irsa/prod/", "{}");
    }

    private void applyAndConflict() {
        createForeignRole();
        harness.apply(USUAL);
        harness.operator.run(Duration.ofSeconds(10));
        assertThat(harness.reason()).isEqualTo("RoleConflict");
    }

    private void delete() {
        harness.forgetCalls();
        harness.delete();
        harness.operator.now();
    }

    @Test
    void deletesTheResourceAtOnceWhileAnotherOwnerHasTheRole() {
        applyAndConflict();

        delete();

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.iam().role(ROLE)).isPresent();
        assertThat(harness.operator.iam().calls().total()).isOne();
    }

    @Test
    void deletesTheResourceAtOnceWhenTheRoleOfTheOtherOwnerNoLongerExists() {
        applyAndConflict();
        harness.operator.iam().console().delete(ROLE);

        delete();

        assertThat(harness.resource()).isEmpty();
    }

    @Test
    void waitsWhenAProcessBeforeThisOneMayHaveWritten() {
        applyAndConflict();
        harness.operator.clock().reach(harness.operator.clock().instant().plusSeconds(1));
        harness.operator.restart();

        delete();

        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        harness.operator.settle();
        assertThat(harness.resource()).isEmpty();
    }

    @Test
    void waitsWhenCreateRoleGotNoResponse() {
        boolean[] cut = {false};
        harness.operator.interceptor().before(call -> {
            if (!cut[0] && call.action().equals("iam:CreateRole")) {
                cut[0] = true;
                harness.operator.interceptor().cut(1, Cut.FAIL_BEFORE);
                createForeignRole();
            }
        });
        harness.apply(USUAL);
        harness.operator.run(Duration.ofSeconds(10));
        assertThat(harness.reason()).isEqualTo("RoleConflict");

        delete();

        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        harness.operator.settle();
        assertThat(harness.resource()).isEmpty();
    }
}
