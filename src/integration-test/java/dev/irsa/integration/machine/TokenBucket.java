package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsErrors;
import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket, as AWS limits the calls of an account: it holds {@code burst} calls and fills at so many a second;
 * what is above is refused at once. A refused call takes nothing from the bucket.
 */
public final class TokenBucket {
    private final double perNano;
    private final int burst;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledAt;
    private int passed;
    private int refused;

    /** A full bucket, by the clock that {@code nanoTime} is. */
    public TokenBucket(double perSecond, int burst, LongSupplier nanoTime) {
        this.perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.tokens = burst;
        this.filledAt = nanoTime.getAsLong();
    }

    Reply on(AwsRequest request, Backend onward) throws IOException, InterruptedException {
        return take() ? onward.answer(request) : AwsErrors.throttling(request.call());
    }

    /** Whether a call may pass. */
    public synchronized boolean take() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(burst, tokens + (now - filledAt) * perNano);
        filledAt = now;
        if (tokens < 1) {
            refused++;
            return false;
        }
        tokens--;
        passed++;
        return true;
    }

    /** Calls that were let through. */
    public synchronized int passed() {
        return passed;
    }

    /** Calls that were answered with Throttling. */
    public synchronized int refused() {
        return refused;
    }
}
