package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SweepPermitsTest {
    private final CountDownLatch slowRuns = new CountDownLatch(1);
    private final CountDownLatch slowEnds = new CountDownLatch(1);
    private final List<String> ended = new CopyOnWriteArrayList<>();

    @Test
    void aSlowSweepDelaysAnotherOnlyForSomeTime() throws Exception {
        SweepPermits permits = new SweepPermits(1, Duration.ofMillis(20));
        FutureTask<Duration> slow = slow(permits);

        assertThat(permits.run(() -> end("other"))).isEqualTo(Duration.ofSeconds(7));

        slowEnds.countDown();
        slow.get(1, TimeUnit.MINUTES);
        assertThat(ended).containsExactly("other", "slow");
    }

    @Test
    void oneSweepFollowsTheOtherIfThatDoesNotTakeLong() throws Exception {
        SweepPermits permits = new SweepPermits(1, Duration.ofMinutes(10));
        FutureTask<Duration> slow = slow(permits);
        FutureTask<Duration> other = started(() -> end("other"), permits);

        slowEnds.countDown();
        slow.get(1, TimeUnit.MINUTES);
        other.get(1, TimeUnit.MINUTES);
        assertThat(ended).containsExactly("slow", "other");
    }

    private FutureTask<Duration> slow(SweepPermits permits) throws InterruptedException {
        FutureTask<Duration> slow = started(
                () -> {
                    slowRuns.countDown();
                    slowEnds.await();
                    return end("slow");
                },
                permits);
        slowRuns.await();
        return slow;
    }

    private Duration end(String sweep) {
        ended.add(sweep);
        return Duration.ofSeconds(7);
    }

    private static FutureTask<Duration> started(BackgroundLoop.Step step, SweepPermits permits) {
        FutureTask<Duration> task = new FutureTask<>(() -> permits.run(step));
        Thread.ofVirtual().start(task);
        return task;
    }
}
