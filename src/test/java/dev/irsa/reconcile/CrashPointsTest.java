package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.plan.Change;
import dev.irsa.fixtures.operator.CrashInterceptor.Cut;
import dev.irsa.fixtures.reconcile.Journey;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.fixtures.reconcile.StateSnapshot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invariant: after a kill at any point the next process converges. Nothing leaks and no user has to act. The test
 * interrupts every journey at every call, in every way. Calls to AWS and to the cluster count, including reads and
 * status writes. The final state must equal that of the undisturbed journey, and no invariant may be broken on the
 * way. {@code CrashPointsIT} has the kills while IAM is late, and the pairs of kills.
 */
class CrashPointsTest {
    private static int points;

    @AfterAll
    static void printCoverage() {
        System.out.println("crash points tried: " + points);
    }

    static List<Journey> journeys() {
        return Journey.all();
    }

    @Test
    void journeysCoverEveryKindOfChange() {
        Set<Class<?>> covered = journeys().stream()
                .flatMap(journey -> journey.end(_ -> {}, _ -> {}).operator.changes().stream())
                .map(Change::getClass)
                .collect(Collectors.toSet());
        assertThat(covered)
                .containsExactlyInAnyOrderElementsOf(kinds(Change.class).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(CrashPointsTest::kinds)
                : Stream.of(type);
    }

    /** The other tests show that the state is the same after every failure. So is what the next process does with it. */
    @ParameterizedTest
    @MethodSource("journeys")
    void writesNothingAtTheNextStart(Journey journey) {
        ReconcileHarness harness = journey.end(_ -> {}, _ -> {});
        harness.forgetCalls();
        harness.operator.restart();
        harness.operator.settle();
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    /**
     * Interrupts the journey at each call. Also verifies that a kill after the response needs no cut of its own: the state
     * equals that of a kill before the next call.
     */
    @ParameterizedTest
    @MethodSource("journeys")
    void convergesAfterAFailureAtAnyCall(Journey journey) {
        StateSnapshot undisturbed = endOf(journey, harness -> {}, _ -> {});
        int calls = journey.calls(_ -> {});
        assertThat(calls).isGreaterThan(1);
        Map<String, StateSnapshot> killed = new HashMap<>();
        for (Cut cut : Cut.values()) {
            for (int nth = 1; nth <= calls; nth++) {
                int point = nth;
                StateSnapshot end = endOf(
                        journey,
                        harness -> harness.operator.interceptor().cut(point, cut),
                        harness -> killed.put(cut + " at " + point, StateSnapshot.of(harness.operator)));
                assertThat(end).as("%s: %s at call %d", journey, cut, nth).isEqualTo(undisturbed);
            }
        }
        for (int nth = 1; nth < calls; nth++) {
            assertThat(killed.get(Cut.KILL_AFTER + " at " + nth))
                    .as("%s: killed at call %d", journey, nth)
                    .isNotNull()
                    .isEqualTo(killed.get(Cut.KILL_BEFORE + " at " + (nth + 1)));
        }
    }

    @Test
    void leavesNothingBehindWhenDeletedDuringCreationAndInterruptedLater() {
        Journey create = Journey.all().getFirst();
        StateSnapshot empty = StateSnapshot.of(create.begin().operator);
        int creating = create.calls(_ -> {});
        for (int nth = 1; nth <= creating; nth++) {
            int deletion = nth;
            Consumer<ReconcileHarness> deleteThen = harness -> deleteAtCall(harness, deletion);
            int calls = create.calls(deleteThen);
            for (Cut cut : Cut.values()) {
                for (int at = 1; at <= calls; at++) {
                    int point = at;
                    StateSnapshot end = endOf(
                            create,
                            harness -> {
                                deleteAtCall(harness, deletion);
                                harness.operator.interceptor().cut(point, cut);
                            },
                            _ -> {});
                    assertThat(end)
                            .as("deleted at call %d, %s at %d", nth, cut, at)
                            .isEqualTo(empty);
                }
            }
        }
    }

    @Test
    void convergesToTheLatestEditAtAnyCall() {
        String edited = USUAL.replace("AmazonS3ReadOnlyAccess", "Other");
        StateSnapshot wanted =
                endOf(Journey.of("create edited", harness -> {}, harness -> harness.apply(edited)), _ -> {}, _ -> {});
        Journey create = Journey.of("create", harness -> {}, harness -> harness.apply(USUAL));
        int creating = create.calls(_ -> {});
        for (int nth = 1; nth <= creating; nth++) {
            int edit = nth;
            StateSnapshot end = endOf(create, harness -> harness.atCall(edit, () -> harness.apply(edited)), _ -> {});
            assertThat(end).as("edited at call %d", nth).isEqualTo(wanted);
        }
    }

    /** Returns the final state after the first disturbance and, once the operator was restarted, the second one. */
    private static StateSnapshot endOf(
            Journey journey, Consumer<ReconcileHarness> disturb, Consumer<ReconcileHarness> disturbAgain) {
        points++;
        return StateSnapshot.of(journey.end(disturb, disturbAgain).operator);
    }

    private static void deleteAtCall(ReconcileHarness harness, int nth) {
        harness.atCall(nth, () -> harness.operator.users().delete(NS, NAME));
    }
}
