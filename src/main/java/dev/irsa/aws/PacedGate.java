package dev.irsa.aws;

import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.port.Gate;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gate that calls pass in the order in which they come and at the pace that AWS allows. A call that AWS refuses as
 * one too many has done nothing: it waits here for another turn. Only when AWS goes on refusing it is its caller told.
 */
public final class PacedGate implements Gate {
    private static final Logger LOG = LoggerFactory.getLogger(PacedGate.class);

    /** From the first refusal of a call. With more, nobody would be told for long why a resource is not ready. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LongSupplier nanoTime;
    private final Sleep sleep;
    private final Pace pace;
    private final Semaphore turnstile = new Semaphore(1, true);
    private final LongAdder throttled = new LongAdder();
    private final AtomicBoolean slow = new AtomicBoolean();

    /** Waits so many nanoseconds. */
    @FunctionalInterface
    interface Sleep {
        void of(long nanos) throws InterruptedException;
    }

    /**
     * A gate that nothing has slowed down yet.
     *
     * @param most calls a second that it never exceeds; empty: as many as AWS takes
     * @param nanoTime as {@link System#nanoTime}
     */
    public PacedGate(OptionalInt most, LongSupplier nanoTime) {
        this(most, nanoTime, nanos -> Thread.sleep(Duration.ofNanos(nanos)));
    }

    PacedGate(OptionalInt most, LongSupplier nanoTime, Sleep sleep) {
        this.nanoTime = nanoTime;
        this.sleep = sleep;
        this.pace = new Pace(most.isPresent() ? most.getAsInt() : Double.POSITIVE_INFINITY, nanoTime.getAsLong());
    }

    /** How many calls AWS has refused as one too many, since the start. */
    public long throttled() {
        return throttled.sum();
    }

    @Override
    public <T> T pass(OutsideCall call, Supplier<T> work) {
        long begun = awaitTurn();
        long end = 0;
        for (int refusals = 0; ; refusals++) {
            try {
                T answer = work.get();
                passed();
                return answer;
            } catch (FailureException e) {
                if (!isThrottled(e)) {
                    if (!(e.failure() instanceof Failure.Passing)) {
                        passed();
                    }
                    throw e;
                }
                long now = nanoTime.getAsLong();
                refused(begun, now);
                if (refusals == 0) {
                    end = now + PATIENCE.toNanos();
                } else if (now - end >= 0) {
                    throw e;
                }
            }
            begun = awaitTurn();
        }
    }

    private static boolean isThrottled(FailureException e) {
        return e.failure().reason() == Reason.Throttled;
    }

    private void passed() {
        long now = nanoTime.getAsLong();
        pace.passed(now);
        if (slow.get() && pace.isFull(now) && slow.compareAndSet(true, false)) {
            LOG.info("AWS no longer asks to slow down");
        }
    }

    private void refused(long begun, long now) {
        throttled.increment();
        pace.refused(begun, now);
        if (slow.compareAndSet(false, true)) {
            LOG.warn("AWS asks to slow down: calls go on at the pace that it takes");
        }
    }

    /** One waits for its turn and the others for the one, so that a change of the pace is felt at once by all. */
    private long awaitTurn() {
        try {
            turnstile.acquire();
            try {
                long now = nanoTime.getAsLong();
                for (long wait = pace.turn(now); wait > 0; wait = pace.turn(now)) {
                    sleep.of(wait);
                    now = nanoTime.getAsLong();
                }
                return now;
            } finally {
                turnstile.release();
            }
        } catch (InterruptedException e) {
            throw AwsCalls.stopping(e);
        }
    }
}
