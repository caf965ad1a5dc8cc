package dev.irsa.aws;

import java.time.Duration;

/**
 * How many calls a second AWS takes, learnt from what it refuses. AWS does not tell: it keeps a bucket that fills at
 * a steady rate, and refuses what finds it empty. So it was empty at two refusals, and what passed in between is the
 * rate itself. The pace falls a little below that, comes back to it, stays there for a while and then grows ever
 * faster until AWS refuses again, as CUBIC does for the Internet (RFC 9438), though in shares of the rate, so that a
 * small one is sought as carefully as a large one.
 *
 * <p>Times are nanoseconds of one clock. Safe for many threads; nothing here waits.
 */
final class Pace {
    private static final double SECOND = Duration.ofSeconds(1).toNanos();
    /** What is left of the pace after a refusal. */
    private static final double CUT = 0.7;
    /** From a refusal until the pace is back at what AWS took; twice as long until it is as far above as it fell. */
    private static final double RETURN = Duration.ofSeconds(3).toNanos();
    /** Until there are two refusals to measure between, it is a guess that should not cost much time. */
    private static final double RETURN_TO_GUESS = Duration.ofSeconds(1).toNanos();
    /** What passed before the first refusal may be little because there was little. */
    private static final double LEAST_GUESS = 5;

    private static final double LEAST = 1;
    /** So fast no limit is felt. */
    private static final double UNLIMITED = 1000;
    /** A turn missed by so little may be made up for; timers are late. */
    private static final long SLACK = Duration.ofMillis(50).toNanos();

    private final double most;
    private final Recent recent = new Recent();
    private double taken = Double.POSITIVE_INFINITY;
    private boolean guessed;
    private long refusedAt;
    private long next;
    private long passed;

    /**
     * A pace that nothing has slowed down yet.
     *
     * @param most calls a second that it never exceeds; infinite: whatever AWS takes
     */
    Pace(double most, long now) {
        this.most = most;
        this.refusedAt = now;
        this.next = now;
    }

    /** How long the next call has to wait; 0: it has its turn now, and the one after it comes later. */
    synchronized long turn(long now) {
        double pace = perSecond(now);
        if (pace == Double.POSITIVE_INFINITY) {
            return 0;
        }
        if (next - now > 0) {
            return next - now;
        }
        next = Math.max(next, now - SLACK) + gap(pace);
        return 0;
    }

    /** AWS has dealt with a call. */
    synchronized void passed(long now) {
        passed++;
        recent.add(now);
    }

    /**
     * AWS has refused a call.
     *
     * @param begun when the call had its turn: several that were on their way together are one refusal
     */
    synchronized void refused(long begun, long now) {
        if (begun - refusedAt < 0) {
            return;
        }
        double pace = perSecond(now);
        double since = (now - refusedAt) / SECOND;
        boolean measured = since >= 1 && pace != Double.POSITIVE_INFINITY;
        double rate = measured ? Math.clamp(passed / since, pace / 2, pace) : pace * CUT;
        taken = Math.max(LEAST, Math.min(rate, Math.max(recent.perSecond(now), LEAST_GUESS)));
        guessed = !measured && (guessed || pace == most);
        refusedAt = now;
        passed = 0;
        next = now + gap(perSecond(now));
    }

    /** Calls a second at this moment; infinite when AWS sets no limit that is felt. */
    synchronized double perSecond(long now) {
        if (taken == Double.POSITIVE_INFINITY) {
            return most;
        }
        double beyondReturn = (now - refusedAt) / (guessed ? RETURN_TO_GUESS : RETURN) - 1;
        double pace = Math.max(LEAST, taken * (1 + (1 - CUT) * beyondReturn * beyondReturn * beyondReturn));
        if (pace >= Math.min(most, UNLIMITED)) {
            taken = Double.POSITIVE_INFINITY;
            return most;
        }
        return pace;
    }

    /** Whether nothing slows it down. */
    synchronized boolean isFull(long now) {
        return perSecond(now) == most;
    }

    private static long gap(double pace) {
        return Math.round(SECOND / pace);
    }

    /** What passed in the second that runs and in the one before. */
    private static final class Recent {
        private long second = Long.MIN_VALUE;
        private int now;
        private int before;

        void add(long time) {
            turnTo(time);
            now++;
        }

        /** A whole second's worth, or what there is of one that has begun fast. */
        int perSecond(long time) {
            turnTo(time);
            return Math.max(now, before);
        }

        private void turnTo(long time) {
            long current = Math.floorDiv(time, (long) SECOND);
            if (current != second) {
                before = current == second + 1 ? now : 0;
                now = 0;
                second = current;
            }
        }
    }
}
