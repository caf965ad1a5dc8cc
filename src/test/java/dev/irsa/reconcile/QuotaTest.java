package dev.irsa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.CallLog;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Invariant: access is taken away before it is given only where a quota forces it. */
class QuotaTest {
    private static String policies(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "Policy%02d".formatted(i))
                .collect(Collectors.joining(", ", "policies: {managed: [", "]}"));
    }

    private static CallLog calls(ReconcileHarness trial) {
        return trial.operator.iam().calls();
    }

    @Test
    void attachesBeforeItDetachesWhileThereIsRoom() {
        ReconcileHarness trial = ReconcileHarness.ready(policies(0, 9));
        trial.apply(policies(1, 10));
        trial.operator.settle();
        assertThat(calls(trial).log())
                .extracting(call -> call.action())
                .containsExactly("GetRole", "AttachRolePolicy", "DetachRolePolicy");
    }

    @Test
    void detachesFirstWhereTheEleventhPolicyHasNoRoom() {
        ReconcileHarness trial = ReconcileHarness.ready(policies(0, 10));
        trial.apply(policies(1, 11));
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(calls(trial).log())
                .extracting(call -> call.action())
                .containsExactly("GetRole", "AttachRolePolicy", "DetachRolePolicy", "AttachRolePolicy");
        assertThat(trial.role().attached()).hasSize(10).doesNotContain("arn:aws:iam::aws:policy/Policy00");
    }

    @Test
    void replacesAllTenWhenAllMustGo() {
        ReconcileHarness trial = ReconcileHarness.ready(policies(0, 10));
        trial.apply(policies(10, 20));
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().attached()).hasSize(10).allMatch(arn -> arn.contains("Policy1"));
    }

    @Test
    void takesNothingAwayForARefusalThatIsNoQuota() {
        ReconcileHarness trial = ReconcileHarness.ready(policies(0, 10));
        trial.operator.iam().faults().fail("AttachRolePolicy", Refusal.of("ServiceFailure", 500, "no"));
        trial.apply(policies(1, 11));
        trial.operator.run(Duration.ofMinutes(5));
        assertThat(calls(trial).of("DetachRolePolicy")).isZero();
        assertThat(trial.role().attached()).hasSize(10).contains("arn:aws:iam::aws:policy/Policy00");
    }

    @Test
    void takesNothingAwayWhenThatMakesNoRoom() {
        ReconcileHarness trial = ReconcileHarness.ready(policies(0, 10));
        trial.apply(policies(0, 11));
        trial.operator.run(Duration.ofMinutes(5));
        assertThat(trial.reason()).isEqualTo("QuotaExceeded");
        assertThat(trial.condition("Stalled")).isPresent();
        assertThat(calls(trial).of("DetachRolePolicy")).isZero();
        trial.operator
                .iam()
                .account()
                .quotas(trial.operator.iam().account().quotas().withManagedPoliciesPerRole(20));
        trial.operator.run(Duration.ofMinutes(6));
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().attached()).hasSize(11);
    }
}
