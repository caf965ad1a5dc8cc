package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.CallInterceptor.ExternalCall;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Found by the simulation: a process was frozen between IAM's response and its use, for longer than IAM is stale. The
 * age of a response counts from the call, not from when the process resumed.
 */
class FrozenProcessTest {
    private static final Duration LAG = Duration.ofSeconds(50);
    private static final Duration LONG = Duration.ofMinutes(2);

    private static void freezeAfter(String action, ReconcileHarness harness, Runnable meanwhile) {
        harness.operator.interceptor().after(once(action, () -> {
            meanwhile.run();
            harness.operator.clock().pass(LONG);
        }));
    }

    private static void freezeAt(String action, ReconcileHarness harness) {
        harness.operator
                .interceptor()
                .before(once(action, () -> harness.operator.clock().pass(LONG)));
    }

    private static Consumer<ExternalCall> once(String action, Runnable act) {
        boolean[] done = {false};
        return call -> {
            if (!done[0] && call.action().equals(action)) {
                done[0] = true;
                act.run();
            }
        };
    }

    @Test
    void doesNotTrustADeletionSentWhileCreateRoleWasInFlight() {
        ReconcileHarness harness = LostCreateRoleTest.readyWithCreateRoleInFlight();
        freezeAfter("iam:DeleteRole", harness, () -> LostCreateRoleTest.createRoleTakesEffect(harness));

        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void doesNotTrustAnAbsenceThatWasReadTooEarly() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().consistency().lag(LAG);
        harness.apply(USUAL);
        harness.operator.now();
        harness.delete();
        harness.operator.restart();
        harness.operator.now();
        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        harness.operator.clock().pass(Duration.ofSeconds(10));
        // The refusal is in flight when the process is frozen.
        harness.operator.iam().faults().failNth("GetRole", 1, Refusal.of("NoSuchEntity", 404, "cannot be found"));
        freezeAt("iam:GetRole", harness);
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.getMetadata().setAnnotations(Map.of("touched", "by hand"));
            return resource;
        });

        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void readsAgainWhatWasReadTooEarly() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().consistency().lag(LAG);
        harness.operator.iam().faults().loseAnswerOfNth("AttachRolePolicy", 1);
        harness.apply(USUAL.replace("[AmazonS3ReadOnlyAccess]", "[AmazonS3ReadOnlyAccess, Admin]"));
        harness.operator.now();
        freezeAfter("iam:GetRolePolicy", harness, () -> {});
        harness.apply(USUAL);

        harness.operator.run(LONG.multipliedBy(2));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).containsExactly(S3);
    }
}
