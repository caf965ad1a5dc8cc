package dev.irsa.reconcile.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RetrySchedule;
import dev.irsa.reconcile.scheduling.RequeueSchedule.Requeue;
import dev.irsa.reconcile.status.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequeueScheduleTest {
    private static final long GENERATION = 3;
    private static final Failure THROTTLED = new Failure.Passing(Reason.Throttled, "m");
    private static final Failure NOT_ENTITLED = Failure.of(Reason.NotEntitled, "m");
    private static final FailureCount TWO_FAILURES =
            FailureCount.NONE.and(THROTTLED, GENERATION).and(THROTTLED, GENERATION);
    private static final Optional<Duration> NEXT_READ = Optional.of(Duration.ofSeconds(40));

    private final RequeueSchedule schedule =
            new RequeueSchedule(new RetrySchedule(Duration.ofMinutes(5), new Random(1)));

    @Test
    void retriesLaterWithEachFailure() {
        Requeue third = next(new Ending.Failed(THROTTLED, Optional.empty()), NEXT_READ);

        assertThat(third.after().orElseThrow()).isBetween(Duration.ofMillis(3200), Duration.ofSeconds(4));
        assertThat(third.failures().previous()).isEqualTo(2);
    }

    @Test
    void retriesWhenTheResultSays() {
        Optional<Duration> retry = Optional.of(Duration.ofSeconds(7));

        assertThat(next(new Ending.Failed(THROTTLED, retry), NEXT_READ).after()).isEqualTo(retry);
    }

    @Test
    void readsTheRoleAgainAlthoughOnlyAChangeResolvesTheFailure() {
        Ending failed = new Ending.Failed(NOT_ENTITLED, Optional.empty());

        assertThat(next(failed, NEXT_READ).after()).isEqualTo(NEXT_READ);
        assertThat(next(failed, Optional.empty()).after()).isEmpty();
    }

    @Test
    void doesNotRequeueAtOnceForAReadThatTheFailurePrevented() {
        Ending failed = new Ending.Failed(NOT_ENTITLED, Optional.empty());

        assertThat(next(failed, Optional.of(Duration.ZERO)).after()).isEmpty();
    }

    @Test
    void readyResourceWaitsForTheNextRead() {
        assertThat(next(new Ending.Ready(List.of()), NEXT_READ)).isEqualTo(new Requeue(NEXT_READ, FailureCount.NONE));
    }

    @Test
    void requeuesAtOnceForAReadThatBecameDueDuringTheReconcile() {
        Optional<Duration> overdue = Optional.of(Duration.ofSeconds(-1));

        assertThat(next(new Ending.Ready(List.of()), overdue).after()).contains(Duration.ZERO);
        assertThat(next(new Ending.ExternalReady("arn", "m", overdue), Optional.empty())
                        .after())
                .contains(Duration.ZERO);
    }

    @Test
    void pendingResourceWaitsForTheNextReadThatIsNotDueYet() {
        Ending pending = new Ending.Pending(Ending.Pending.BY_SPEC, Optional.empty());

        assertThat(next(pending, NEXT_READ)).isEqualTo(new Requeue(NEXT_READ, FailureCount.NONE));
        assertThat(next(pending, Optional.of(Duration.ZERO)).after()).isEmpty();
    }

    @Test
    void deferredResourceKeepsItsCount() {
        assertThat(next(new Ending.Deferred(Optional.empty()), NEXT_READ))
                .isEqualTo(new Requeue(Optional.empty(), TWO_FAILURES));
    }

    static Stream<Ending> settled() {
        return Stream.of(new Ending.Gone(""), new Ending.Untouched());
    }

    @ParameterizedTest
    @MethodSource("settled")
    void settledResourceWaitsForAnEvent(Ending ending) {
        assertThat(next(ending, NEXT_READ)).isEqualTo(new Requeue(Optional.empty(), FailureCount.NONE));
    }

    private Requeue next(Ending ending, Optional<Duration> nextRead) {
        return schedule.next(ending, TWO_FAILURES, GENERATION, nextRead);
    }
}
