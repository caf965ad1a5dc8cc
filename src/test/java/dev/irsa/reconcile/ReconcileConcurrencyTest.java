package dev.irsa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.operator.VirtualClock;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter.Lane;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads share one limiter, as in the framework. */
class ReconcileConcurrencyTest {
    private static final int PLACES = 3;
    private static final int RESOURCES = 2000;
    private static final List<Lane> LANES = List.of(Lane.values());

    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final ReconcileConcurrencyLimiter turnstile =
            new ReconcileConcurrencyLimiter(PLACES, this::reconcile, new VirtualClock());
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(RESOURCES);
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Set<String> finished = ConcurrentHashMap.newKeySet();
    private final Queue<Throwable> problems = new ConcurrentLinkedQueue<>();

    private void reconcile(ResourceRef ref) {
        threads.execute(() -> once(ref));
    }

    private void once(ResourceRef ref) {
        // Like the framework, never runs two reconciles of a resource at once.
        if (!busy.add(ref.uid())) {
            reconcile(ref);
            return;
        }
        try {
            if (turnstile.enter(ref, LANES.get(Integer.parseInt(ref.uid()) % LANES.size()))) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                IntStream.range(0, 1000).forEach(i -> Thread.onSpinWait());
                inside.decrementAndGet();
                if (finished.add(ref.uid())) {
                    done.countDown();
                }
            }
        } catch (RuntimeException e) {
            problems.add(e);
        } finally {
            turnstile.leave(ref);
            busy.remove(ref.uid());
        }
    }

    @Test
    void runsEveryReconcileWithinTheLimit() throws InterruptedException {
        try {
            for (int i = 0; i < RESOURCES; i++) {
                reconcile(new ResourceRef("payments", "r" + i, Integer.toString(i)));
            }
            assertThat(done.await(1, TimeUnit.MINUTES))
                    .as("every reconcile gets its turn")
                    .isTrue();
        } finally {
            threads.shutdown();
        }

        assertThat(problems).isEmpty();
        assertThat(finished).hasSize(RESOURCES);
        assertThat(most.get()).isBetween(1, PLACES);
    }
}
