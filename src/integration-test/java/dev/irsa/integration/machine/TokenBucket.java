package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsErrors;
import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket that limits calls as AWS does for an account. It holds {@code burst} tokens and refills at a constant
 * rate. A call without a token is rejected at once and takes none.
 */
public final class TokenBucket {
    private final double perNano;
    private final int burst;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledAt;
    private int passed;
    private int refused;

    /** Creates a full bucket that uses {@code nanoTime} as its clock. */
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

    /** Takes a token if there is one. */
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

    /** Returns the number of calls that passed. */
    public synchronized int passed() {
        return passed;
    }

    /** Returns the number of calls that were throttled. */
    public synchronized int refused() {
        return refused;
    }
}
