package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.fixtures.reconcile.Reasons;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What status promises to kubectl wait, Argo CD, Flux and Helm (kstatus). */
class StatusConditionsTest {
    /** A life with everything in it. */
    private static List<IamServiceAccountStatus> life() {
        ReconcileHarness trial = new ReconcileHarness();
        Reasons reasons = Reasons.of(trial);
        trial.operator.iam().consistency().lag(Duration.ofSeconds(3));
        trial.apply(USUAL);
        trial.operator.settle();
        trial.operator.run(Duration.ofMinutes(3));
        trial.operator.iam().faults().throttleAll();
        trial.apply(USUAL + "role: {description: a}");
        trial.operator.run(Duration.ofMinutes(3));
        trial.operator.iam().faults().none();
        trial.operator.iam().faults().deny("UpdateRole");
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.iam().faults().none();
        trial.apply(USUAL + "suspend: true");
        trial.operator.settle();
        trial.apply("policies: {inline: [{name: x, document: {Version: '2012-10-17'}}]}");
        trial.operator.settle();
        trial.apply(USUAL);
        trial.operator.settle();
        trial.operator.iam().faults().unreachable();
        trial.delete();
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.iam().faults().none();
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
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
    void alwaysHaveReadyAndTheOthersOnlyWhenTrue() {
        for (IamServiceAccountStatus status : life()) {
            assertThat(status.conditions())
                    .as("%s", status)
                    .filteredOn(condition -> condition.type().equals("Ready"))
                    .hasSize(1);
            assertThat(status.conditions())
                    .as("%s", status)
                    .filteredOn(condition -> !condition.type().equals("Ready"))
                    .allMatch(condition -> condition.status().equals("True"))
                    .hasSizeLessThanOrEqualTo(1)
                    .allMatch(condition -> List.of("Reconciling", "Stalled").contains(condition.type()));
        }
    }

    @Test
    void carryTheGenerationTheySpeakOf() {
        for (IamServiceAccountStatus status : life()) {
            assertThat(status.conditions())
                    .allMatch(condition -> condition.observedGeneration() == status.observedGeneration());
        }
    }

    @Test
    void moveTheTransitionTimeOnlyWithTheValue() {
        Map<String, Condition> before = new HashMap<>();
        for (IamServiceAccountStatus status : life()) {
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
    void areNotWrittenWhenTheySayNothingNew() {
        List<IamServiceAccountStatus> statuses = life();
        for (int i = 1; i < statuses.size(); i++) {
            assertThat(statuses.get(i)).isNotEqualTo(statuses.get(i - 1));
        }
    }

    @Test
    void moveTheTransitionTimeWhenReadyIsLost() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        Instant ready = Instant.parse(trial.condition("Ready").orElseThrow().lastTransitionTime());
        trial.operator.run(Duration.ofMinutes(3));
        trial.operator.iam().faults().throttleAll();
        trial.apply(USUAL + "role: {description: a}");
        Instant lost = trial.operator.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        trial.operator.run(Duration.ofMinutes(3));
        assertThat(trial.condition("Ready").orElseThrow().lastTransitionTime()).isEqualTo(lost.toString());
        assertThat(trial.condition("Reconciling").orElseThrow().lastTransitionTime())
                .isEqualTo(lost.toString());
        assertThat(lost).isAfter(ready);
    }

    @Test
    void nameTheRoleWithItsArnAndId() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        assertThat(trial.status().role()).satisfies(role -> {
            assertThat(role.name()).isEqualTo(trial.role().name());
            assertThat(role.arn()).isEqualTo(trial.role().arn());
            assertThat(role.id()).isEqualTo(trial.role().id());
        });
    }
}
