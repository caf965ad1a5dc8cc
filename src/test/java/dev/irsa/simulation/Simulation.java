package dev.irsa.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the schedules of a range of seeds, as many at a time as there are processors, until one fails.
 *
 * @param first seed
 * @param runs how many seeds
 */
record Simulation(long first, long runs, Defect defect) {
    /**
     * What came of it.
     *
     * @param ran how many schedules
     * @param calls that the operators made in them
     * @param failing the lowest seed that failed among those that ran; empty: none did
     * @param violation what was wrong with that one; empty: nothing
     */
    record Report(long ran, long calls, Optional<Long> failing, Optional<Violation> violation) {}

    /** Runs them. */
    Report run(AtomicLong progress) throws InterruptedException {
        silence();
        AtomicLong next = new AtomicLong(first);
        AtomicLong calls = new AtomicLong();
        ConcurrentSkipListMap<Long, Result> failed = new ConcurrentSkipListMap<>();
        // The fibers of a world are virtual threads: handing over among such costs least.
        List<Thread> workers = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .mapToObj(worker -> Thread.ofVirtual().start(() -> {
                    for (long seed = next.getAndIncrement();
                            seed < first + runs && failed.isEmpty();
                            seed = next.getAndIncrement()) {
                        Result result = World.run(Schedule.of(seed), defect, false);
                        calls.addAndGet(result.calls());
                        progress.incrementAndGet();
                        if (result.violation().isPresent()) {
                            failed.put(seed, result);
                        }
                    }
                }))
                .toList();
        for (Thread worker : workers) {
            worker.join();
        }
        return new Report(
                progress.get(),
                calls.get(),
                Optional.ofNullable(failed.firstEntry()).map(Map.Entry::getKey),
                Optional.ofNullable(failed.firstEntry())
                        .flatMap(first -> first.getValue().violation()));
    }

    /** The story of a schedule that fails, as short as it can be made. */
    static List<String> story(long seed, Defect defect) throws InterruptedException {
        silence();
        Schedule[] shortest = {Schedule.of(seed)};
        Thread shrinking = Thread.ofVirtual().start(() -> shortest[0] = Shrinker.shrink(shortest[0], defect));
        shrinking.join();
        Result[] result = new Result[1];
        Thread.ofVirtual()
                .start(() -> result[0] = World.run(shortest[0], defect, true))
                .join();
        return result[0].story();
    }

    /** The operators of a million schedules have nothing to tell. */
    private static void silence() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }
}
