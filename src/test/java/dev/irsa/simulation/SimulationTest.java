package dev.irsa.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few thousand schedules, other ones each time; and that they find what is wrong. */
class SimulationTest {
    private static final int RUNS = 2000;
    /** Where defects are looked for: always the same, so that it takes as long each time. */
    private static final long KNOWN_SEED = 1;

    @Test
    void noScheduleOfAFreshSeedBreaksAnInvariant() throws InterruptedException {
        // Far from those of any range that somebody runs on purpose.
        long seed = System.nanoTime();
        System.out.println("schedules: " + RUNS + " from seed " + seed);

        Simulation.Report report = new Simulation(seed, RUNS, Defect.NONE).run(new AtomicLong());

        assertThat(report.failing())
                .as(() -> report.failing().map(SimulationTest::story).orElse(""))
                .isEmpty();
        assertThat(report.ran()).isEqualTo(RUNS);
    }

    @ParameterizedTest
    @EnumSource
    void findsADefectOfTheField(KnownDefect defect) throws InterruptedException {
        Simulation.Report report = new Simulation(KNOWN_SEED, 20_000, defect).run(new AtomicLong());

        assertThat(report.failing()).as(defect.name()).isPresent();
        long seed = report.failing().orElseThrow();
        Violation violation = report.violation().orElseThrow();
        System.out.println(
                "defect " + defect + ": found by schedule " + (seed - KNOWN_SEED + 1) + " " + violation.what());
        assertThat(violation).as(violation.what()).matches(seen -> defect.breaks(seen.invariant()));
        assertThat(new Simulation(seed, 1, Defect.NONE).run(new AtomicLong()).violation())
                .as("seed " + seed + " without the defect")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void thePageTellsOfADefectAndOfWhatItBreaks(KnownDefect defect) {
        assertThat(Path.of("docs/reliability.md")).content().contains(defect.row());
    }

    @Test
    void aScheduleRunsInTheSameWayEveryTime() throws InterruptedException {
        long[] digests = new long[2];
        for (int i = 0; i < digests.length; i++) {
            int run = i;
            Thread.ofVirtual()
                    .start(() -> {
                        for (long seed = 0; seed < 50; seed++) {
                            digests[run] = 31 * digests[run]
                                    + World.run(Schedule.of(seed), Defect.NONE, false)
                                            .digest();
                        }
                    })
                    .join();
        }
        assertThat(digests[1]).isEqualTo(digests[0]).isNotZero();
    }

    private static String story(long seed) {
        try {
            return "make simulate SEED=" + seed + " RUNS=1\n" + String.join("\n", Simulation.story(seed, Defect.NONE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
