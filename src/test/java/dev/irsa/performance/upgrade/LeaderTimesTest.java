package dev.irsa.performance.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaderTimesTest {
    private long now;
    private final LeaderTimes times = new LeaderTimes(() -> now);

    @Test
    void countsFromTheReleaseOfTheLease() {
        at(10, "one");
        at(20, "one");
        at(25, "");
        at(40, "two");

        assertThat(times.withoutLeader()).containsExactly(Duration.ofNanos(15));
    }

    @Test
    void countsFromTheLastRenewalIfTheLeaseWasNotReleased() {
        at(10, "one");
        at(20, "one");
        at(40, "two");

        assertThat(times.withoutLeader()).containsExactly(Duration.ofNanos(20));
    }

    @Test
    void countsNoLeaderThatReturns() {
        at(10, "one");
        at(20, "");
        at(30, "one");

        assertThat(times.withoutLeader()).isEmpty();
    }

    private void at(long time, String holder) {
        now = time;
        Lease lease = new LeaseBuilder()
                .withNewSpec()
                .withHolderIdentity(holder)
                .endSpec()
                .build();
        times.onUpdate(lease, lease);
    }
}
