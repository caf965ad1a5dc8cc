package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.fixtures.demo.InProcessEnvironment;
import dev.irsa.port.CallInterceptor;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What runs when the operator is told to stop comes to its end, by the watches that it reads from. */
class StopTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private final CallInterceptor slow = new CallInterceptor() {
        @Override
        public <T> T intercept(ExternalCall call, Supplier<T> work) {
            if (call.action().equals("create serviceaccounts")) {
                begun.countDown();
                waitFor(goOn);
            }
            return work.get();
        }
    };

    @Test
    void completesRunningReconcilesOnStop() throws InterruptedException {
        InProcessEnvironment environment = InProcessEnvironment.start(Duration.ofSeconds(1), slow, Set.of())
                .allowingEverything();
        environment.createNamespace("payments", Map.of());
        environment.user().resource("""
                        apiVersion: irsa.dev/v1beta1
                        kind: IamServiceAccount
                        metadata: {namespace: payments, name: invoices}
                        spec:
                          policies: {managed: [AmazonS3ReadOnlyAccess]}
                        """).create();
        begun.await();

        Thread stop = Thread.ofPlatform().start(environment.operator()::close);
        await().until(() ->
                stop.getState() == Thread.State.TIMED_WAITING || stop.getState() == Thread.State.TERMINATED);
        assertThat(stop.isAlive()).isTrue();
        assertThat(environment.operator().deadBecause())
                .as("its loops have ended, as they should")
                .isEmpty();
        goOn.countDown();
        stop.join();

        assertThat(environment.ready("payments", "invoices", Condition::status)).isEqualTo("True");
        environment.close();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
