package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.fixtures.reconcile.StatusRecorder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the status guarantees to kubectl wait, Argo CD, Flux and Helm (kstatus). */
class StatusConditionsTest {
    /** Returns every status of a lifecycle that passes through all kinds of conditions. */
    private static List<IamServiceAccountStatus> lifecycle() {
        ReconcileHarness harness = new ReconcileHarness();
        StatusRecorder reasons = StatusRecorder.of(harness);
        harness.operator.iam().consistency().lag(Duration.ofSeconds(3));
        harness.apply(USUAL);
        harness.operator.settle();
        harness.operator.run(Duration.ofMinutes(3));
        harness.operator.iam().faults().throttleAll();
        harness.apply(USUAL + "role: {description: a}");
        harness.operator.run(Duration.ofMinutes(3));
        harness.operator.iam().faults().none();
        harness.operator.iam().faults().deny("UpdateRole");
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().faults().none();
        harness.apply(USUAL + "suspend: true");
        harness.operator.settle();
        harness.apply("policies: {inline: [{name: x, document: {Version: '2012-10-17'}}]}");
        harness.operator.settle();
        harness.apply(USUAL);
        harness.operator.settle();
        harness.operator.iam().faults().unreachable();
        harness.delete();
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().faults().none();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
        assertThat(reasons.seen())
                .contains(
                        "Ready",
                        "Reconciling",
                        "Throttled",
                        "AccessDenied",
                        "Suspended",
                        "InvalidSpec",
                        "DeletionBlocked");
        return reasons.statuses();
    }

    @Test
    void alwaysIncludeAvailableAndReadyAndTheOthersOnlyWhenTrue() {
        for (IamServiceAccountStatus status : lifecycle()) {
            assertThat(status.conditions())
                    .as("%s", status)
                    .extracting(condition -> condition.type())
                    .containsOnlyOnce("Available", "Ready");
            assertThat(status.conditions())
                    .as("%s", status)
                    .filteredOn(condition -> !List.of("Available", "Ready").contains(condition.type()))
                    .allMatch(condition -> condition.status().equals("True"))
                    .hasSizeLessThanOrEqualTo(1)
                    .allMatch(condition -> List.of("Reconciling", "Stalled").contains(condition.type()));
        }
    }

    @Test
    void includeTheObservedGeneration() {
        for (IamServiceAccountStatus status : lifecycle()) {
            assertThat(status.conditions())
                    .allMatch(condition -> condition.observedGeneration() == status.observedGeneration());
        }
    }

    @Test
    void changeTheTransitionTimeOnlyWithTheStatus() {
        Map<String, Condition> before = new HashMap<>();
        for (IamServiceAccountStatus status : lifecycle()) {
            for (Condition condition : status.conditions()) {
                Condition last = before.get(condition.type());
                if (last != null && last.status().equals(condition.status())) {
                    assertThat(condition.lastTransitionTime())
                            .as("%s after %s", condition, last)
                            .isEqualTo(last.lastTransitionTime());
                }
            }
            before.clear();
            status.conditions().forEach(condition -> before.put(condition.type(), condition));
        }
    }

    @Test
    void areNotWrittenWhenUnchanged() {
        List<IamServiceAccountStatus> statuses = lifecycle();
        for (int i = 1; i < statuses.size(); i++) {
            assertThat(statuses.get(i)).isNotEqualTo(statuses.get(i - 1));
        }
    }

    @Test
    void changeTheTransitionTimeWhenReadyBecomesFalse() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        Instant ready = Instant.parse(harness.condition("Ready").orElseThrow().lastTransitionTime());
        harness.operator.run(Duration.ofMinutes(3));
        harness.operator.iam().faults().throttleAll();
        harness.apply(USUAL + "role: {description: a}");
        Instant lost = harness.operator.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        harness.operator.run(Duration.ofMinutes(3));
        assertThat(harness.condition("Ready").orElseThrow().lastTransitionTime())
                .isEqualTo(lost.toString());
        assertThat(harness.condition("Reconciling").orElseThrow().lastTransitionTime())
                .isEqualTo(lost.toString());
        assertThat(lost).isAfter(ready);
    }

    @Test
    void includeTheRoleWithItsArnAndId() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        assertThat(harness.status().role()).satisfies(role -> {
            assertThat(role.name()).isEqualTo(harness.role().name());
            assertThat(role.id()).isEqualTo(harness.role().id());
        });
        assertThat(harness.status().roleARN()).isEqualTo(harness.role().arn());
        assertThat(harness.status().roleName()).isEqualTo(harness.role().name());
    }
}
