package dev.irsa.issuer;

import dev.irsa.core.desired.Issuer;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.issuer.DiscoveryDocument;
import dev.irsa.core.issuer.KeyRotation;
import dev.irsa.core.issuer.KeyRotation.Live;
import dev.irsa.core.issuer.PublishedKeys;
import dev.irsa.issuer.ApiServers.Reading;
import dev.irsa.issuer.DocumentStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keeps the published documents equal to what the API servers have. One thread drives it. */
final class IssuerPublisher {
    /** Caches may return an old document for this long after a write: the maximum age of the objects, and half a minute. */
    private static final Duration CACHED = Duration.ofSeconds(90);

    private final Issuer issuer;
    private final ApiServers servers;
    private final DocumentStore store;
    private final PublicView view;
    private final KeyRotation rotation;
    private final InstantSource clock;
    private final PublisherSettings settings;
    private final StoredKeys memory;
    /** The dropped keys that no document and no API server had so far. */
    private final Set<String> unmatched;

    private Optional<Stored> stored = Optional.empty();
    private Instant checked = Instant.MIN;
    private Instant written = Instant.MIN;
    private Optional<String> byOthers = Optional.empty();
    private boolean isShown;
    private boolean wasFine;
    private boolean isViewDue = true;

    /**
     * The result of a step.
     *
     * @param problem why the documents may be stale; empty if they are up to date
     * @param keys what is published; empty if that is not known
     * @param changed whether this step published other keys
     * @param byOthers what another client published; empty if none did
     * @param unmatched the ids of dropped keys that do not exist, after the first reading of all API servers; later empty
     */
    record Result(
            Optional<String> problem,
            Optional<PublishedKeys> keys,
            boolean changed,
            Optional<String> byOthers,
            Set<String> unmatched) {}

    IssuerPublisher(
            Issuer issuer,
            ApiServers servers,
            DocumentStore store,
            PublicView view,
            PublisherSettings settings,
            InstantSource clock) {
        this.issuer = issuer;
        this.servers = servers;
        this.store = store;
        this.view = view;
        this.settings = settings;
        this.rotation = new KeyRotation(settings.retention(), settings.dropped());
        this.memory = new StoredKeys(issuer, settings);
        this.unmatched = new TreeSet<>(settings.dropped());
        this.clock = clock;
    }

    /** Publishes what has changed. Without a key of any API server, nothing changes. */
    Result step() {
        Reading reading = servers.read();
        if (reading.live().keys().isEmpty()) {
            String why = reading.problems().isEmpty() ? noUsableKey(reading) : String.join("; ", reading.problems());
            if (!memory.hasPublished()) {
                return failed(why);
            }
            // What is published still has to be guarded.
            reading = new Reading(new Live(new TreeMap<>(), false), List.of(), List.of(why));
        }
        try {
            return publish(reading, true);
        } catch (FailureException e) {
            stored = Optional.empty();
            return failed(e.failure().message());
        }
    }

    private Result publish(Reading reading, boolean isFirstTry) {
        Instant now = clock.instant();
        boolean isDue = now.isBefore(checked) || !now.isBefore(checked.plus(settings.verifyInterval()));
        Stored before = isDue || stored.isEmpty() ? store.read() : stored.get();
        Optional<String> foreign = memory.refusal(before, reading.live());
        if (foreign.isPresent()) {
            return failed(foreign.get());
        }
        byOthers = byOthers.or(() -> memory.changeOfOthers(before, reading.live()));
        PublishedKeys base = memory.base(before);
        unmatched.removeAll(base.keys().keySet());
        unmatched.removeAll(reading.live().keys().keySet());
        PublishedKeys keys = rotation.next(base, reading.live(), now);
        if (!keys.canVerifyNewTokens()) {
            return failed(
                    "every key of the API servers is dropped by --drop-key, so that no new token could be verified; rotate the"
                            + " key first");
        }
        Documents next = new Documents(keys, DiscoveryDocument.of(issuer));
        memory.expect(keys);
        if (!before.hasKeys(next, settings.cluster()) || !before.discovery().equals(next.discovery())) {
            isViewDue = true;
            written = now;
            stored = store.write(next, before);
            if (stored.isEmpty() && isFirstTry) {
                return publish(reading, false);
            }
            if (stored.isEmpty()) {
                return failed("another client changed the documents in " + settings.location()
                        + " at the same time; no action needed, because they are read again");
            }
        } else {
            stored = Optional.of(before);
        }
        Set<String> reported = reading.live().complete() ? Set.copyOf(unmatched) : Set.of();
        unmatched.removeAll(reported);
        return result(problem(reading, next, now, isDue), Optional.of(keys), memory.confirm(keys), reported);
    }

    private Result result(
            Optional<String> problem, Optional<PublishedKeys> keys, boolean changed, Set<String> unmatched) {
        Result result = new Result(problem, keys, changed, byOthers, unmatched);
        byOthers = Optional.empty();
        wasFine = problem.isEmpty();
        return result;
    }

    private Optional<String> problem(Reading reading, Documents next, Instant now, boolean isDue) {
        if (isDue || isViewDue) {
            Optional<String> unseen = view.problem(next);
            isViewDue = unseen.isPresent();
            if (unseen.isEmpty()) {
                isShown = true;
                checked = now;
            } else if (!isShown || !wasFine || now.isBefore(written) || !now.isBefore(written.plus(CACHED))) {
                return unseen;
            }
        }
        if (!reading.problems().isEmpty()) {
            return Optional.of(String.join("; ", reading.problems()));
        }
        return reading.unusable().isEmpty() ? Optional.empty() : Optional.of(unusable(reading));
    }

    private Result failed(String problem) {
        isViewDue = true;
        return result(Optional.of(problem), memory.confirmed(), false, Set.of());
    }

    private static String noUsableKey(Reading reading) {
        return reading.unusable().isEmpty()
                ? "the API servers have no key for ServiceAccount tokens; set --service-account-key-file of kube-apiserver"
                : unusable(reading);
    }

    private static String unusable(Reading reading) {
        return "AWS does not accept tokens that are signed with " + String.join(", ", reading.unusable())
                + "; set an RSA or ECDSA key in --service-account-signing-key-file and --service-account-key-file of kube-apiserver";
    }
}
