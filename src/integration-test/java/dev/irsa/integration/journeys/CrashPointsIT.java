package dev.irsa.integration.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.operator.CrashInterceptor.Cut;
import dev.irsa.fixtures.reconcile.Journey;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.fixtures.reconcile.StateSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invariant: the next process converges after a failure while IAM is late, and after two kills. {@code CrashPointsTest} has
 * the single failures while IAM is consistent.
 */
class CrashPointsIT {
    /** The approximate number of pairs of kills that are tried per journey. */
    private static final int PAIRS = 96;

    private static final Duration LATE = Duration.ofSeconds(9);

    private static int points;
    private static int pairs;

    @AfterAll
    static void printCoverage() {
        System.out.println("crash points tried while IAM is late: " + points + ", pairs: " + pairs);
    }

    static List<Journey> journeys() {
        return Journey.all().stream().map(Journey::alone).toList();
    }

    @ParameterizedTest
    @MethodSource("journeys")
    void convergesAfterAFailureAtAnyCallWhileIamReadsAreStale(Journey journey) {
        StateSnapshot undisturbed = end(journey, _ -> {}, _ -> {});
        int calls = journey.calls(_ -> {});
        for (Cut cut : Cut.values()) {
            for (int nth = 1; nth <= calls; nth++) {
                int point = nth;
                StateSnapshot end = end(
                        journey,
                        harness -> {
                            harness.operator.iam().consistency().lag(LATE);
                            harness.operator.interceptor().cut(point, cut);
                        },
                        _ -> {});
                points++;
                assertThat(end)
                        .as("%s: with lag, %s at call %d", journey, cut, nth)
                        .isEqualTo(undisturbed);
            }
        }
    }

    /** The first kill is at any call of the journey, and the second one is at some calls of the next process. */
    @ParameterizedTest
    @MethodSource("journeys")
    void convergesAfterTwoKillsAtAnyCalls(Journey journey) {
        StateSnapshot undisturbed = end(journey, _ -> {}, _ -> {});
        int calls = journey.calls(_ -> {});
        for (int nth = 1; nth <= calls; nth++) {
            int first = nth;
            for (int next = 1; next <= calls; next += Math.max(2, calls * calls / PAIRS)) {
                int second = next;
                StateSnapshot end = end(
                        journey,
                        harness -> harness.operator.interceptor().cut(first, Cut.KILL_AFTER),
                        harness -> harness.operator.interceptor().cut(second, Cut.KILL_BEFORE));
                pairs++;
                assertThat(end)
                        .as("%s: killed at call %d and then at %d", journey, nth, next)
                        .isEqualTo(undisturbed);
            }
        }
    }

    /** Returns the final state after a disturbance and, once the operator was restarted, another one. */
    private static StateSnapshot end(
            Journey journey, Consumer<ReconcileHarness> disturb, Consumer<ReconcileHarness> disturbAgain) {
        return StateSnapshot.of(journey.end(disturb, disturbAgain).operator);
    }
}
