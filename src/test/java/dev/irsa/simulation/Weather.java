package dev.irsa.simulation;

import dev.irsa.fake.VirtualClock;
import dev.irsa.port.Gate.OutsideCall;
import dev.irsa.simulation.Act.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How the calls of all processes fare. */
final class Weather {
    private final VirtualClock clock;
    private final Deque<Fault> aws = new ArrayDeque<>();
    private final Deque<Fault> api = new ArrayDeque<>();
    private Instant awsBack = Instant.MIN;
    private Instant apiBack = Instant.MIN;

    Weather(VirtualClock clock) {
        this.clock = clock;
    }

    void next(boolean isAws, Fault fault, int calls) {
        for (int i = 0; i < calls; i++) {
            (isAws ? aws : api).addLast(fault);
        }
    }

    void outage(boolean isAws, Duration time) {
        Instant back = clock.instant().plus(time);
        if (isAws) {
            awsBack = back;
        } else {
            apiBack = back;
        }
    }

    /** How this call fares; empty: well. */
    Optional<Fault> on(OutsideCall call) {
        boolean isAws = Realm.isAws(call);
        if (clock.instant().isBefore(isAws ? awsBack : apiBack)) {
            return Optional.of(Fault.UNAVAILABLE);
        }
        return Optional.ofNullable((isAws ? aws : api).pollFirst());
    }

    /** When the API servers tell their watches again. */
    Instant apiBack() {
        return apiBack;
    }

    void clear() {
        aws.clear();
        api.clear();
        awsBack = Instant.MIN;
        apiBack = Instant.MIN;
    }
}
