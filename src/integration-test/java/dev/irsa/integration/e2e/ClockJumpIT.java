package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.Hold;
import dev.irsa.integration.machine.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A user sets the clock of the node. The operator does not measure elapsed time by that clock. */
class ClockJumpIT extends EnvironmentTestBase {
    @Test
    void continuesAndDetectsDriftWhenClockIsSetBack() {
        assertContinuesAndDetectsDrift(Duration.ofHours(-1));
    }

    @Tag("soak")
    @Test
    void continuesAndDetectsDriftWhenClockIsSetForward() {
        assertContinuesAndDetectsDrift(Duration.ofHours(1));
    }

    private void assertContinuesAndDetectsDrift(Duration jump) {
        WallClock clock = WallClock.withoutOffset();
        try (OperatorProcess operator = clock.usedBy(env.sweeping()).startReady()) {
            PendingWork inFlight = PendingWork.prepare(env);
            PendingWork meanwhile = PendingWork.prepare(env);
            AppliedResource drifting = AppliedResource.smallest(env, "drifting").awaitReady();
            List<Hold> calls = inFlight.startAndHold();

            clock.jump(jump);
            TestEnvironment.await()
                    .until(() -> offset(operator).minus(jump).abs().compareTo(Duration.ofMinutes(5)) < 0);
            ManualDrift.put(env, drifting.role(), "backdoor", ManualDrift.statement("Allow", "iam:*"));
            calls.forEach(Hold::release);
            Stopwatch recovery = Stopwatch.start("outage: the clock jumps by " + jump);
            meanwhile.start();
            inFlight.awaitDone();
            meanwhile.awaitDone();
            TestEnvironment.await().until(() -> env.inline(drifting.role()).isEmpty());

            recovery.print("recovered");
            inFlight.assertDone();
            meanwhile.assertDone();
            assertThat(operator.status("/livez")).isEqualTo(200);
            assertThat(operator.status("/readyz")).isEqualTo(200);
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    private static Duration offset(OperatorProcess operator) {
        return Duration.between(Instant.now(), operator.timeOfDay());
    }
}
