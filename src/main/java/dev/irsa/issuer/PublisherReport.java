package dev.irsa.issuer;

import dev.irsa.core.desired.Issuer;
import dev.irsa.core.issuer.PublishedKeys;
import dev.irsa.issuer.IssuerPublisher.Result;
import dev.irsa.metrics.IssuerMetrics;
import dev.irsa.port.OperatorEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports what the publisher does: in the log, in events and metrics, and at the readiness probe. Each change is reported once. */
final class PublisherReport {
    /** Each call of a step has a time limit, and all of them together take less than this. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(5);

    /** The shortest time between two events about the same trouble. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(PublisherReport.class);

    private final OperatorEvents events;
    private final IssuerMetrics metrics;
    private final Issuer issuer;
    private final Duration pollInterval;
    private final InstantSource clock;
    private volatile Instant finished;
    private Instant warned = Instant.MIN;
    private volatile Optional<String> problem = Optional.of("the keys are not published yet");

    /** @param pollInterval the time between two steps */
    PublisherReport(
            OperatorEvents events, IssuerMetrics metrics, Issuer issuer, Duration pollInterval, InstantSource clock) {
        this.pollInterval = pollInterval;
        this.clock = clock;
        this.finished = clock.instant();
        this.events = events;
        this.metrics = metrics;
        this.issuer = issuer;
    }

    void after(Result result) {
        finished = clock.instant();
        result.byOthers().ifPresent(note -> {
            LOG.warn("{}", note);
            events.warn("IssuerChangedByOthers", note);
        });
        result.unmatched()
                .forEach(id -> LOG.warn(
                        "--drop-key={}: no such key is published; it was removed already, or the ID is misspelled; correct or remove the flag",
                        id));
        result.keys().ifPresent(keys -> {
            int retained = keys.missingSince().size();
            metrics.published(keys.keys().size() - retained, retained);
            if (result.changed()) {
                changed(keys);
            }
        });
        if (result.problem().isEmpty()) {
            metrics.upToDate();
            if (problem.isPresent()) {
                LOG.info("{} shows the keys of the API servers", issuer.url());
                events.inform("IssuerUpToDate", issuer.url() + " shows the keys of the API servers");
            }
        } else if (!result.problem().equals(problem)) {
            String why = result.problem().get();
            LOG.warn("the documents of {} may be stale: {}", issuer.url(), why);
            if (problem.isEmpty() || !clock.instant().isBefore(warned.plus(PAUSE))) {
                // A cause may change with each try.
                warned = clock.instant();
                events.warn("IssuerStale", "the documents of " + issuer.url() + " may be stale: " + why);
            }
        }
        problem = result.problem();
    }

    private void changed(PublishedKeys keys) {
        TreeSet<String> current = new TreeSet<>(keys.keys().keySet());
        current.removeAll(keys.missingSince().keySet());
        String note = "published keys: " + String.join(", ", current)
                + (keys.missingSince().isEmpty()
                        ? ""
                        : "; retained, although the API servers no longer have them: " + keys.missing());
        LOG.info("{}", note);
        events.inform("IssuerPublished", note);
    }

    /** Returns why the documents may be stale; empty if they are up to date. */
    Optional<String> unreadyBecause() {
        return problem;
    }

    /** Returns why the program should be restarted; empty if it works. */
    Optional<String> deadBecause() {
        Duration since = Duration.between(finished, clock.instant());
        return since.compareTo(pollInterval.plus(LONGEST_STEP)) > 0
                ? Optional.of("nothing has been read for " + since.toSeconds() + " s")
                : Optional.empty();
    }
}
