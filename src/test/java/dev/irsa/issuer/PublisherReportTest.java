package dev.irsa.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.Issuer;
import dev.irsa.core.issuer.PublishedKeys;
import dev.irsa.core.issuer.SampleKeys;
import dev.irsa.fixtures.operator.VirtualClock;
import dev.irsa.issuer.IssuerPublisher.Result;
import dev.irsa.metrics.IssuerMetrics;
import dev.irsa.port.OperatorEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PublisherReportTest {
    private static final PublishedKeys KEYS = new PublishedKeys(
            SampleKeys.of("a", "b"), new TreeMap<>(Map.of("a", Instant.parse("2026-12-01T10:00:00Z"))));

    private final VirtualClock clock = new VirtualClock();
    private final List<String> reported = new ArrayList<>();
    private final OperatorEvents events =
            (warning, reason, note) -> reported.add((warning ? "Warning " : "Normal ") + reason + ": " + note);
    private final IssuerMetrics metrics = new IssuerMetrics(clock, "1.0.0");
    private final PublisherReport report = reporting(Duration.ofSeconds(10));

    private PublisherReport reporting(Duration pollInterval) {
        return new PublisherReport(events, metrics, new Issuer("https://tokens.example.com"), pollInterval, clock);
    }

    private List<String> after(Optional<String> problem, boolean changed, String... byOthers) {
        reported.clear();
        report.after(new Result(
                problem, Optional.of(KEYS), changed, List.of(byOthers).stream().findFirst(), Set.of()));
        return List.copyOf(reported);
    }

    @Test
    void reportsEachChangeOnce() {
        assertThat(report.unreadyBecause()).isPresent();
        assertThat(after(Optional.empty(), true))
                .containsExactly(
                        "Normal IssuerPublished: published keys: b; retained, although the API servers no longer have them:"
                                + " a=2026-12-01T10:00:00Z",
                        "Normal IssuerUpToDate: https://tokens.example.com shows the keys of the API servers");
        assertThat(report.unreadyBecause()).isEmpty();
        assertThat(after(Optional.empty(), false)).isEmpty();
    }

    @Test
    void reportsOnceThatTheDocumentsAreStaleWhateverTheCauses() {
        assertThat(after(Optional.of("S3 is down"), false))
                .containsExactly(
                        "Warning IssuerStale: the documents of https://tokens.example.com may be stale: S3 is down");
        assertThat(after(Optional.of("connection reset"), false)).isEmpty();
        assertThat(report.unreadyBecause()).contains("connection reset");
        clock.pass(Duration.ofMinutes(5));
        assertThat(after(Optional.of("the bucket does not exist"), false)).hasSize(1);
        after(Optional.empty(), false);
        assertThat(after(Optional.of("S3 is down"), false)).hasSize(1);
    }

    @Test
    void reportsWhatOthersWrote() {
        assertThat(after(Optional.empty(), false, "another client changed the keys"))
                .contains("Warning IssuerChangedByOthers: another client changed the keys");
    }

    @Test
    void measuresSinceWhenTheDocumentsMayBeStale() {
        after(Optional.empty(), false);
        clock.pass(Duration.ofMinutes(10));
        after(Optional.of("S3 is down"), false);

        assertThat(metrics.scrape())
                .contains(
                        "irsa_issuer_age_seconds 600.0",
                        "irsa_issuer_keys{state=\"current\"} 1.0",
                        "irsa_issuer_keys{state=\"retained\"} 1.0");
    }

    @Test
    void isDeadIfNoStepEnds() {
        after(Optional.empty(), false);
        clock.pass(Duration.ofSeconds(310));
        assertThat(report.deadBecause()).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        assertThat(report.deadBecause()).contains("nothing has been read for 311 s");
    }

    @Test
    void isNotDeadBeforeTheNextStepIsDue() {
        PublisherReport hourly = reporting(Duration.ofHours(1));

        clock.pass(Duration.ofHours(1));

        assertThat(hourly.deadBecause()).isEmpty();
    }
}
