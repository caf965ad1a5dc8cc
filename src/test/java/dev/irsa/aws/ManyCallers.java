package dev.irsa.aws;

import dev.irsa.machine.RateLimit;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Many callers at one pace, in a time of their own: so many calls are on their way at once, each is answered after a
 * while, and whoever is refused tries again.
 */
final class ManyCallers {
    private static final int AT_ONCE = 16;

    private final PriorityQueue<OnItsWay> onTheirWay =
            new PriorityQueue<>(Comparator.comparingLong(OnItsWay::answered));
    private final long latency;
    private final RateLimit aws;
    private long now;
    private int refused;

    final Pace pace = new Pace(Double.POSITIVE_INFINITY, 0);

    private record OnItsWay(long begun, long answered, boolean taken) {}

    ManyCallers(double rate, int burst, Duration latency) {
        this.latency = latency.toNanos();
        this.aws = new RateLimit(rate, burst, () -> now);
    }

    /** Makes calls until so many have passed. */
    void make(int calls) {
        int toBegin = calls;
        while (toBegin > 0 || !onTheirWay.isEmpty()) {
            long wait = toBegin > 0 && onTheirWay.size() < AT_ONCE ? pace.turn(now) : Long.MAX_VALUE;
            if (wait == 0) {
                toBegin--;
                onTheirWay.add(new OnItsWay(now, now + latency, aws.take()));
            } else if (!onTheirWay.isEmpty() && onTheirWay.element().answered() - now <= wait) {
                OnItsWay call = onTheirWay.remove();
                now = call.answered();
                if (call.taken()) {
                    pace.passed(now);
                } else {
                    pace.refused(call.begun(), now);
                    refused++;
                    toBegin++;
                }
            } else {
                now += wait;
            }
        }
    }

    double seconds() {
        return now / 1e9;
    }

    int refused() {
        return refused;
    }
}
