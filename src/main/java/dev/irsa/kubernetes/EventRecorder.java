package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.CallInterceptor.ExternalCall;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events through {@code events.k8s.io/v1}. A repeated event increases the count of the first one for some
 * minutes. Events above a rate limit are dropped, so that a burst of events cannot slow down the reconciles.
 */
public final class EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final Duration SERIES = Duration.ofMinutes(6);
    private static final int MAX_REMEMBERED = 1000;

    private final KubernetesClient client;
    private final CallInterceptor interceptor;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final String instance;
    private final RateLimit rateLimit;
    private final Map<Key, Sent> sent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Sent> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    private record Key(String uid, String reason, String note) {}

    private record Sent(Event event, int count, Instant at) {}

    /**
     * Each call passes the interceptor.
     *
     * @param instance the reporting instance in the events, such as the name of the operator's pod
     */
    public EventRecorder(
            KubernetesClient client,
            CallInterceptor interceptor,
            InstantSource clock,
            RandomGenerator random,
            String instance) {
        this.client = client;
        this.interceptor = interceptor;
        this.clock = clock;
        this.random = random;
        this.instance = instance;
        this.rateLimit = new RateLimit(clock);
    }

    /**
     * Records an event on a resource. An event that cannot be written is lost without other consequences.
     *
     * @param warning whether the type of the event is Warning instead of Normal
     * @param note at most 1024 characters
     */
    public void record(IamServiceAccount resource, boolean warning, String reason, String note) {
        record(resource.getMetadata().getName(), () -> reference(resource), warning, reason, note);
    }

    static ObjectReference reference(HasMetadata resource) {
        return new ObjectReferenceBuilder()
                .withApiVersion(HasMetadata.getApiVersion(resource.getClass()))
                .withKind(HasMetadata.getKind(resource.getClass()))
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .withUid(resource.getMetadata().getUid())
                .build();
    }

    /**
     * Records an event on any object.
     *
     * @param regarding returns the object with its UID, without which {@code kubectl describe} does not show the event
     */
    void record(String name, Supplier<ObjectReference> regarding, boolean warning, String reason, String note) {
        interceptor.intercept(
                new ExternalCall("create events", name), () -> write(regarding.get(), warning, reason, note));
    }

    private void write(ObjectReference regarding, boolean warning, String reason, String note) {
        if (!rateLimit.tryAcquire()) {
            return;
        }
        Key key = new Key(regarding.getUid(), reason, note);
        Instant now = clock.instant();
        try {
            Sent event = earlier(key, now)
                    .flatMap(before -> repeat(before, now))
                    .orElseGet(() -> new Sent(create(regarding, warning, reason, note, now), 1, now));
            remember(key, event);
        } catch (KubernetesClientException e) {
            if (!ApiExceptionTranslator.hasCause(e, "NamespaceTerminating")) {
                LOG.warn("cannot write an event: {}", e.getMessage());
            }
        }
    }

    private synchronized Optional<Sent> earlier(Key key, Instant now) {
        return Optional.ofNullable(sent.get(key))
                .filter(before -> now.isBefore(before.at().plus(SERIES)));
    }

    private synchronized void remember(Key key, Sent event) {
        sent.put(key, event);
    }

    private Event create(ObjectReference regarding, boolean warning, String reason, String note, Instant now) {
        String suffix = HexFormat.of().toHexDigits(random.nextLong());
        Event event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(regarding.getNamespace())
                .withName(regarding.getName() + "." + suffix)
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(now)))
                .withReportingController(FieldManager.NAME)
                .withReportingInstance(instance)
                .withAction("Reconcile")
                .withType(warning ? "Warning" : "Normal")
                .withReason(reason)
                .withNote(note)
                .withRegarding(regarding)
                .build();
        return client.resource(event).create();
    }

    /** Increases the count of the first event; returns empty when that event no longer exists. */
    private Optional<Sent> repeat(Sent before, Instant now) {
        String series = Serialization.asJson(
                Map.of("series", Map.of("count", before.count() + 1, "lastObservedTime", MICROS.format(now))));
        try {
            Event repeated = client.resource(before.event()).patch(MERGE, series);
            return Optional.of(new Sent(repeated, before.count() + 1, now));
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Limits the rate of events with a token bucket: a burst first, then a few events per second. */
    private static final class RateLimit {
        private static final double BURST = 200;
        private static final double PER_SECOND = 10;

        private final InstantSource clock;
        private double tokens = BURST;
        private Instant filled;

        RateLimit(InstantSource clock) {
            this.clock = clock;
            this.filled = clock.instant();
        }

        /** Takes a token; returns false when none is left. */
        synchronized boolean tryAcquire() {
            Instant now = clock.instant();
            double seconds = Math.max(0, Duration.between(filled, now).toMillis() / 1000.0);
            tokens = Math.min(BURST, tokens + seconds * PER_SECOND);
            filled = now;
            if (tokens < 1) {
                return false;
            }
            tokens -= 1;
            return true;
        }
    }
}
