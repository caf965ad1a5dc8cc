package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.irsa.aws.IamRoles;
import dev.irsa.controller.InFlightWork;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.fixtures.iam.InMemoryIam;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.Roles;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TrackedWritesTest {
    private static final RoleChange ORPHAN_REMOVED = new RoleChange.DeleteRole("prod_payments_invoices");

    private final InMemoryIam iam = new InMemoryIam(Clock.systemUTC());
    private final InFlightWork running = new InFlightWork();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final Roles roles = new TrackedWrites(running).of(new IamRoles(iam, new CallInterceptor() {
        @Override
        public <T> T intercept(ExternalCall call, Supplier<T> work) {
            T answer = work.get();
            begun.countDown();
            waitFor(answered);
            return answer;
        }
    }));

    @Test
    void stopWaitsForWriteInFlight() throws InterruptedException {
        iam.console().create("prod_payments_invoices", "/irsa/prod/", "{}");
        Thread loop = Thread.ofVirtual().start(() -> roles.apply(ORPHAN_REMOVED));
        begun.await();

        Thread stop = Thread.ofPlatform().start(() -> running.stop(Duration.ofMinutes(1)));
        await().until(() ->
                stop.getState() == Thread.State.TIMED_WAITING || stop.getState() == Thread.State.TERMINATED);
        assertThat(stop.isAlive()).isTrue();
        answered.countDown();

        stop.join();
        loop.join();
        assertThat(iam.roles()).isEmpty();
    }

    @Test
    void startsNoWriteAfterStop() {
        answered.countDown();
        iam.console().create("prod_payments_invoices", "/irsa/prod/", "{}");
        running.stop(Duration.ofMinutes(1));

        assertThatThrownBy(() -> roles.apply(ORPHAN_REMOVED))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("stopping");
        assertThat(roles.role("prod_payments_invoices")).isPresent();
    }

    @Test
    void stopTimesOut() {
        iam.console().create("prod_payments_invoices", "/irsa/prod/", "{}");
        Thread loop = Thread.ofVirtual().start(() -> roles.apply(ORPHAN_REMOVED));
        waitFor(begun);

        running.stop(Duration.ofMillis(1));

        assertThat(loop.isAlive()).isTrue();
        answered.countDown();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
