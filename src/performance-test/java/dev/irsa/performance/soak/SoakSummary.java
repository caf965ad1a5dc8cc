package dev.irsa.performance.soak;

import dev.irsa.performance.bench.HostDescription;
import dev.irsa.performance.soak.ResourceChurn.Act;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was done, for the report. */
final class SoakSummary {
    private SoakSummary() {}

    /** To be asked before anything is started. */
    static String of(SoakOptions options) throws IOException {
        return """
                Measured on %s: %s; the operator, the control plane, AWS, and whoever watches share them. Load of the
                machine by others, just before: %s. %d resources; %s of warm-up, %s of churn and %s of rest; a fault
                every %s for %s; a sweep every %s; a sample every %s.
                """.formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        HostDescription.machine(),
                        HostDescription.load(),
                        options.resources(),
                        time(options.warmUp()),
                        time(options.churn()),
                        time(options.rest()),
                        time(options.faultEvery()),
                        time(options.faultLasts()),
                        time(options.sweepInterval()),
                        time(options.sampleEvery()));
    }

    static String ended(Map<Act, Integer> done, Duration settling, List<Double> heaps) {
        return String.format(
                Locale.ROOT,
                """
                People edited %d times, deleted %d, created %d, created %d again under a name that was deleted, and changed
                %d roles and ServiceAccounts by hand. When they had stopped, all was as asked for after %d s. After a full
                collection the heap held %.1f MiB at the end of the warm-up, %.1f at that of the churn, %.1f at that of the
                rest.
                """,
                done.getOrDefault(Act.EDIT, 0),
                done.getOrDefault(Act.DELETE, 0),
                done.getOrDefault(Act.CREATE, 0),
                done.getOrDefault(Act.RECREATE, 0),
                done.getOrDefault(Act.DRIFT, 0),
                settling.toSeconds(),
                heaps.get(0),
                heaps.get(1),
                heaps.get(2));
    }

    private static String time(Duration duration) {
        return duration.compareTo(Duration.ofMinutes(2)) < 0
                ? duration.toMillis() / 1000.0 + " s"
                : duration.toSeconds() / 60.0 + " min";
    }
}
