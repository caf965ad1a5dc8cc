package dev.irsa.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** {@code make simulate}: runs schedules from a seed on, and tells the story of the first that fails. */
final class Simulate {
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private Simulate() {}

    public static void main(String[] arguments) throws InterruptedException {
        long first;
        long runs;
        Defect defect;
        try {
            first = Long.parseLong(arguments[0]);
            runs = Long.parseLong(arguments[1]);
            defect = arguments.length > 2 ? KnownDefect.valueOf(arguments[2]) : Defect.NONE;
            if (runs < 1 || Math.addExact(first, runs) < first) {
                throw new IllegalArgumentException("too few");
            }
        } catch (IllegalArgumentException | ArithmeticException | ArrayIndexOutOfBoundsException e) {
            System.err.println(
                    "say from which seed and how many, in whole numbers, as in: make simulate SEED=1 RUNS=10000;"
                            + " and, to see one found, DEFECT= one of " + List.of(KnownDefect.values()));
            System.exit(2);
            return;
        }
        String with = arguments.length > 2 ? " DEFECT=" + arguments[2] : "";
        long began = System.nanoTime();
        AtomicLong progress = new AtomicLong();
        ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
        ScheduledFuture<?> _ = teller.scheduleAtFixedRate(
                () -> tell(first, progress.get(), began), PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
        Simulation.Report report = new Simulation(first, runs, defect).run(progress);
        teller.shutdownNow();
        tell(first, report.ran(), began);
        if (report.failing().isPresent()) {
            long seed = report.failing().get();
            System.out.println("seed " + seed + " fails, and again with: make simulate SEED=" + seed + " RUNS=1" + with
                    + ". In short:");
            Simulation.story(seed, defect).forEach(System.out::println);
            long left = first + runs - seed - 1;
            if (left > 0) {
                System.out.println("To go on after it: make simulate SEED=" + (seed + 1) + " RUNS=" + left + with);
            }
            System.exit(1);
        }
        if (report.ran() != runs) {
            System.err.println("only " + report.ran() + " of " + runs + " schedules ran: please report it");
            System.exit(1);
        }
        System.out.printf(
                Locale.ROOT,
                "none of the schedules of seeds %d to %d failed; %d calls were made in them. To go on: make simulate"
                        + " SEED=%d RUNS=%d%n",
                first,
                first + runs - 1,
                report.calls(),
                first + runs,
                runs);
    }

    private static void tell(long first, long ran, long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT, "%d schedules from seed %d, %.0f a second%n", ran, first, ran / Math.max(seconds, 0.001));
    }
}
