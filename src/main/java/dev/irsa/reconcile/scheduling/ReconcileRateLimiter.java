package dev.irsa.reconcile.scheduling;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.RetrySchedule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Slows down resources that are reconciled in a loop. A reconcile that must wait is requeued, so no event is lost. Many threads
 * may use it, but never two for the same resource.
 */
public final class ReconcileRateLimiter {
    private final ConcurrentHashMap<String, ReconcileRate> byUid = new ConcurrentHashMap<>();
    private final RetrySchedule pauses;
    private final InstantSource clock;

    /** Creates a limiter whose pauses grow like those of failures. */
    public ReconcileRateLimiter(RetrySchedule pauses, InstantSource clock) {
        this.pauses = pauses;
        this.clock = clock;
    }

    /**
     * A reconcile that must wait.
     *
     * @param pause until it may begin
     * @param first whether the resource was not slowed down before
     */
    public record Slowdown(Duration pause, boolean first) {}

    /** Returns how long the reconcile of the resource must wait; empty if it begins now. */
    public Optional<Slowdown> slowdown(IamServiceAccount resource) {
        String uid = resource.getMetadata().getUid();
        ReconcileInput input = ReconcileInput.of(resource);
        Optional<ReconcileRate> before = Optional.ofNullable(byUid.get(uid));
        if (before.isEmpty()) {
            byUid.put(uid, ReconcileRate.first(input, clock.instant()));
            return Optional.empty();
        }
        ReconcileRate.Decision decision = before.get().next(input, clock.instant(), pauses::slowdown);
        byUid.put(uid, decision.rate());
        return decision.pause().map(pause -> new Slowdown(pause, decision.rate().startsToSlowDown(before.get())));
    }

    /** Forgets a resource that no longer exists. */
    public void forget(String uid) {
        byUid.remove(uid);
    }
}
