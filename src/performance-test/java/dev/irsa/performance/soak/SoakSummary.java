package dev.irsa.performance.soak;

import dev.irsa.performance.bench.HostDescription;
import dev.irsa.performance.soak.ResourceChurn.Operation;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;

/** Describes the test for the report. */
final class SoakSummary {
    private SoakSummary() {}

    /** Describes the setup. Call it before the test starts, because it reads the load of the machine. */
    static String of(SoakOptions options) throws IOException {
        return """
                Measured on %s: %s.
                The load just before was %s. The test had %d resources, %s of warm-up, %s of churn, and %s of idle time.
                A fault occurred every %s for %s, a sweep every %s, and a sample every %s.
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

    static String ended(Map<Operation, Integer> done, Duration settling) {
        return String.format(
                Locale.ROOT,
                """
                Users edited %d resources, deleted %d, created %d, and created %d again under a deleted name. They also
                changed %d roles and ServiceAccounts by hand. Within %d s after the last change, all resources matched their
                specs.
                """,
                done.getOrDefault(Operation.EDIT, 0),
                done.getOrDefault(Operation.DELETE, 0),
                done.getOrDefault(Operation.CREATE, 0),
                done.getOrDefault(Operation.RECREATE, 0),
                done.getOrDefault(Operation.DRIFT, 0),
                settling.toSeconds());
    }

    private static String time(Duration duration) {
        return duration.compareTo(Duration.ofMinutes(2)) < 0
                ? duration.toMillis() / 1000.0 + " s"
                : duration.toSeconds() / 60.0 + " min";
    }
}
