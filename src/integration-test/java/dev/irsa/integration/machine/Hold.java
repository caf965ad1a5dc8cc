package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps calls waiting in front of the backend until they are let go. */
public final class Hold implements Fault, AutoCloseable {
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();

    Hold() {}

    @Override
    public Reply on(AwsRequest request, Backend onward) throws IOException, InterruptedException {
        waiting.incrementAndGet();
        try {
            released.await();
        } finally {
            waiting.decrementAndGet();
        }
        return onward.answer(request);
    }

    /** How many calls wait now. */
    public int held() {
        return waiting.get();
    }

    /** Lets all calls go on, those that wait and those to come. */
    public void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
    }
}
