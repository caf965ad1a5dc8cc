package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds calls in front of the backend until they are released. */
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

    /** Returns the number of held calls. */
    public int held() {
        return waiting.get();
    }

    /** Releases the held calls and stops holding new ones. */
    public void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
    }
}
