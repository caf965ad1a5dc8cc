package dev.irsa.reconcile;

import static dev.irsa.reconcile.Trial.NAME;
import static dev.irsa.reconcile.Trial.NS;
import static dev.irsa.reconcile.Trial.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fake.CrashGate.Cut;
import dev.irsa.fake.CrashGate.Killed;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invariant: a kill at any point leaves a state from which the next start converges; nothing leaks, nothing needs a
 * human. Every journey is cut off at every call it makes, to AWS and to the cluster, reads and the status included,
 * in every way; the world must end as it ends undisturbed, and no invariant may be broken on the way.
 */
class CrashPointsTest {
    private static int points;

    @AfterAll
    static void tell() {
        System.out.println("crash points tried: " + points);
    }

    static List<Journey> journeys() {
        return Journey.all();
    }

    @ParameterizedTest
    @MethodSource("journeys")
    void convergesWhereverOneCallIsCutOff(Journey journey) {
        WorldView undisturbed = endOf(journey, trial -> {}, _ -> {});
        int calls = callsOf(journey, trial -> {});
        assertThat(calls).isGreaterThan(3);
        for (Cut cut : Cut.values()) {
            for (int nth = 1; nth <= calls; nth++) {
                int point = nth;
                WorldView end = endOf(journey, trial -> trial.operator.gate().cut(point, cut), _ -> {});
                assertThat(end).as("%s: %s at call %d", journey, cut, nth).isEqualTo(undisturbed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("journeys")
    void convergesWhereverItIsKilledTwice(Journey journey) {
        WorldView undisturbed = endOf(journey, trial -> {}, _ -> {});
        int calls = callsOf(journey, trial -> {});
        for (int nth = 1; nth <= calls; nth++) {
            int first = nth;
            for (int next = 1; next <= calls; next += 2) {
                int second = next;
                WorldView end = endOf(
                        journey,
                        trial -> trial.operator.gate().cut(first, Cut.KILL_AFTER),
                        trial -> trial.operator.gate().cut(second, Cut.KILL_BEFORE));
                assertThat(end)
                        .as("%s: killed at call %d and then at %d", journey, nth, next)
                        .isEqualTo(undisturbed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("journeys")
    void convergesWhileIamIsSlowToShowWhatWasWritten(Journey journey) {
        WorldView undisturbed = endOf(journey, trial -> {}, _ -> {});
        int calls = callsOf(journey, trial -> {});
        for (Cut cut : Cut.values()) {
            for (int nth = 1; nth <= calls; nth++) {
                int point = nth;
                WorldView end = endOf(
                        journey,
                        trial -> {
                            trial.operator.iam().consistency().lag(Duration.ofSeconds(9));
                            trial.operator.gate().cut(point, cut);
                        },
                        _ -> {});
                assertThat(end)
                        .as("%s: with lag, %s at call %d", journey, cut, nth)
                        .isEqualTo(undisturbed);
            }
        }
    }

    @Test
    void leavesNothingWhenDeletedAtAnyPointOfTheCreationAndCutOffAtAnyPointAfter() {
        Journey create = Journey.all().getFirst();
        WorldView empty = WorldView.of(create.begin().operator);
        int creating = callsOf(create, trial -> {});
        for (int nth = 1; nth <= creating; nth++) {
            int deletion = nth;
            Consumer<Trial> deleteThen = trial -> deleteAtCall(trial, deletion);
            int calls = callsOf(create, deleteThen);
            for (Cut cut : Cut.values()) {
                for (int at = 1; at <= calls; at++) {
                    int point = at;
                    WorldView end = endOf(
                            create,
                            trial -> {
                                deleteAtCall(trial, deletion);
                                trial.operator.gate().cut(point, cut);
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
    void followsTheLastEditWheneverItComes() {
        String edited = USUAL.replace("AmazonS3ReadOnlyAccess", "Other");
        WorldView wanted =
                endOf(Journey.of("create edited", trial -> {}, trial -> trial.apply(edited)), _ -> {}, _ -> {});
        Journey create = Journey.of("create", trial -> {}, trial -> trial.apply(USUAL));
        int creating = callsOf(create, trial -> {});
        for (int nth = 1; nth <= creating; nth++) {
            int edit = nth;
            WorldView end = endOf(create, trial -> atCall(trial, edit, () -> trial.apply(edited)), _ -> {});
            assertThat(end).as("edited at call %d", nth).isEqualTo(wanted);
        }
    }

    /** How the world ends when it is disturbed so, and again so after it came back to life. */
    private static WorldView endOf(Journey journey, Consumer<Trial> disturb, Consumer<Trial> disturbAgain) {
        points++;
        Trial trial = journey.begin();
        Vigil.over(trial.operator);
        journey.act().accept(trial);
        disturb.accept(trial);
        Consumer<Trial> next = disturbAgain;
        while (true) {
            try {
                trial.operator.settle();
                return WorldView.of(trial.operator);
            } catch (Killed e) {
                trial.operator.restart();
                next.accept(trial);
                next = _ -> {};
            }
        }
    }

    private static int callsOf(Journey journey, Consumer<Trial> disturb) {
        Trial trial = journey.begin();
        journey.act().accept(trial);
        disturb.accept(trial);
        trial.operator.settle();
        return trial.operator.gate().calls().size();
    }

    private static void deleteAtCall(Trial trial, int nth) {
        atCall(trial, nth, () -> trial.operator.hands().delete(NS, NAME));
    }

    private static void atCall(Trial trial, int nth, Runnable act) {
        int[] left = {nth};
        trial.operator.gate().before(_ -> {
            if (--left[0] == 0) {
                act.run();
            }
        });
    }
}
