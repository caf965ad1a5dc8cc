package dev.irsa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.CallLog;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Invariant: the operator removes access before it grants access only where a quota requires it. */
class PolicyQuotaTest {
    private static String policies(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "Policy%02d".formatted(i))
                .collect(Collectors.joining(", ", "policies: {managed: [", "]}"));
    }

    /** Returns a harness whose account attaches fewer policies to a role than the operator knows. */
    private static ReconcileHarness ready(String spec, int quota) {
        ReconcileHarness harness = ReconcileHarness.ready(spec);
        harness.operator
                .iam()
                .account()
                .quotas(harness.operator.iam().account().quotas().withManagedPoliciesPerRole(quota));
        return harness;
    }

    private static CallLog calls(ReconcileHarness harness) {
        return harness.operator.iam().calls();
    }

    @Test
    void attachesBeforeDetachingWithinTheQuota() {
        ReconcileHarness harness = ready(policies(0, 8), 9);
        harness.apply(policies(1, 9));
        harness.operator.settle();
        assertThat(calls(harness).log())
                .extracting(call -> call.action())
                .containsExactly("GetRole", "AttachRolePolicy", "DetachRolePolicy");
    }

    @Test
    void detachesFirstWhenTheQuotaIsExceeded() {
        ReconcileHarness harness = ready(policies(0, 9), 9);
        harness.apply(policies(1, 10));
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(calls(harness).log())
                .extracting(call -> call.action())
                .containsExactly("GetRole", "AttachRolePolicy", "DetachRolePolicy", "AttachRolePolicy");
        assertThat(harness.role().attached()).hasSize(9).doesNotContain("arn:aws:iam::aws:policy/Policy00");
    }

    @Test
    void replacesAllPoliciesOfAFullRole() {
        ReconcileHarness harness = ready(policies(0, 9), 9);
        harness.apply(policies(10, 19));
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).hasSize(9).allMatch(arn -> arn.contains("Policy1"));
    }

    @Test
    void detachesNothingOnOtherFailures() {
        ReconcileHarness harness = ready(policies(0, 9), 9);
        harness.operator.iam().faults().fail("AttachRolePolicy", Refusal.of("ServiceFailure", 500, "no"));
        harness.apply(policies(1, 10));
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(calls(harness).of("DetachRolePolicy")).isZero();
        assertThat(harness.role().attached()).hasSize(9).contains("arn:aws:iam::aws:policy/Policy00");
    }

    @Test
    void detachesNothingWhenThatCannotFreeQuota() {
        ReconcileHarness harness = ready(policies(0, 8), 8);
        harness.apply(policies(0, 9));
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(harness.reason()).isEqualTo("QuotaExceeded");
        assertThat(harness.condition("Stalled")).isPresent();
        assertThat(calls(harness).of("DetachRolePolicy")).isZero();
        harness.operator
                .iam()
                .account()
                .quotas(harness.operator.iam().account().quotas().withManagedPoliciesPerRole(20));
        harness.operator.run(Duration.ofMinutes(6));
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).hasSize(9);
    }
}
