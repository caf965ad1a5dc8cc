package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.demo.InProcessEnvironment;
import dev.irsa.port.CallInterceptor;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ExitOnErrorTest {
    private final AtomicInteger exits = new AtomicInteger();
    private final CountDownLatch exited = new CountDownLatch(1);
    private final ExitOnError handler = new ExitOnError(() -> {
        exits.incrementAndGet();
        exited.countDown();
    });

    @Test
    void survivesException() {
        handler.uncaughtException(Thread.currentThread(), new IllegalStateException("a defect"));

        assertThat(exits).hasValue(0);
    }

    /** The framework handles exceptions only, and would not reconcile the resource again. */
    @Test
    void exitsAfterErrorInReconcile() throws InterruptedException {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(handler);
        try (InProcessEnvironment environment =
                InProcessEnvironment.start(Duration.ofSeconds(1), new BrokenStatus(), Set.of())) {
            environment.createNamespace("payments", Map.of());
            environment.user().resource("""
                    apiVersion: irsa.dev/v1beta1
                    kind: IamServiceAccount
                    metadata: {namespace: payments, name: invoices}
                    spec:
                      policies: {managed: [AmazonS3ReadOnlyAccess]}
                    """).create();

            assertThat(exited.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private record BrokenStatus() implements CallInterceptor {
        @Override
        public <T> T intercept(ExternalCall call, Supplier<T> work) {
            if (call.action().endsWith("iamserviceaccounts/status")) {
                throw new NoClassDefFoundError("a part of the program is missing");
            }
            return work.get();
        }
    }
}
