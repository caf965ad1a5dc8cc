package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.Call;
import dev.irsa.fixtures.reconcile.ConcurrentReconciles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * New and changed resources take precedence over drift found by a sweep, and the number of concurrent reconciles is
 * limited.
 */
class QueueOrderTest {
    private static final int AT_ONCE = 2;
    private static final int MANY = 100;

    @Test
    void reconcilesNewResourcesBeforeDriftFoundByASweep() {
        try (ConcurrentReconciles reconciles = new ConcurrentReconciles(AT_ONCE)) {
            IntStream.range(0, MANY).forEach(i -> reconciles.apply("r" + i, USUAL));
            reconciles.awaitPending(0);
            assertThat(IntStream.range(0, MANY).mapToObj(i -> reconciles.reason("r" + i)))
                    .allSatisfy(ready -> assertThat(ready).contains("Ready=True"));

            reconciles.clock.pass(Duration.ofMinutes(10));
            reconciles
                    .iam
                    .roles()
                    .forEach(role -> reconciles.iam.console().edit(role.name(), r -> r.withDescription("mine")));
            reconciles.iam.calls().reset();
            CountDownLatch hold = new CountDownLatch(1);
            reconciles.iam.faults().before(call -> await(call, hold));
            reconciles.sweep();
            reconciles.awaitPending(AT_ONCE);
            reconciles.apply("late", USUAL);
            reconciles.apply("r7", USUAL + "role: {description: changed}");
            reconciles.awaitPending(AT_ONCE);
            assertThat(reconciles.reason("late")).isEmpty();

            hold.countDown();
            reconciles.awaitPending(0);

            assertThat(reconciles.problems).isEmpty();
            assertThat(reconciles.reason("late")).contains("Ready=True");
            assertThat(reconciles.iam.roles())
                    .hasSize(MANY + 1)
                    .allMatch(
                            role -> role.description().equals(role.name().equals("prod_payments_r7") ? "changed" : ""));
            List<String> trail =
                    reconciles.iam.calls().log().stream().map(Call::toString).toList();
            int created = trail.lastIndexOf("PutRolePolicy prod_payments_late");
            int changed = trail.indexOf("UpdateRole prod_payments_r7");
            assertThat(created).isBetween(0, trail.size() / 2);
            assertThat(changed).isBetween(0, trail.size() / 2);
            assertThat(trail).hasSizeGreaterThan(2 * MANY);
            assertThat(reconciles.mostCallsInFlight()).isBetween(1, AT_ONCE);
        }
    }

    private static void await(Call call, CountDownLatch hold) {
        if (call.action().equals("GetRole")) {
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
