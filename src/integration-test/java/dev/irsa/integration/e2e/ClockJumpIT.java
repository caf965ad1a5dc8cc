package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Hold;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user sets the clock of the node. The operator does not measure elapsed time by that clock. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockJumpIT {
    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Test
    void workGoesOnAndDriftIsFoundThoughTheClockIsSetBack() {
        workGoesOnAndDriftIsFound(Duration.ofHours(-1));
    }

    @Tag("soak")
    @Test
    void workGoesOnAndDriftIsFoundThoughTheClockIsSetForward() {
        workGoesOnAndDriftIsFound(Duration.ofHours(1));
    }

    private void workGoesOnAndDriftIsFound(Duration jump) {
        WallClock clock = WallClock.right();
        try (OperatorProcess operator = clock.seenBy(world.sweeping()).startReady()) {
            PendingWork begun = PendingWork.prepare(world);
            PendingWork meanwhile = PendingWork.prepare(world);
            AppliedResource drifting =
                    AppliedResource.smallest(world, "drifting").awaitReady();
            List<Hold> calls = begun.askAndHold();

            clock.jump(jump);
            World.await().until(() -> aheadBy(operator).minus(jump).abs().compareTo(Duration.ofMinutes(5)) < 0);
            ManualDrift.put(world, drifting.role(), "backdoor", ManualDrift.statement("Allow", "iam:*"));
            calls.forEach(Hold::release);
            Stopwatch recovery = Stopwatch.start("outage: the clock jumps by " + jump);
            meanwhile.ask();
            begun.awaitDone();
            meanwhile.awaitDone();
            World.await().until(() -> world.inline(drifting.role()).isEmpty());

            recovery.print("recovered");
            begun.assertDone();
            meanwhile.assertDone();
            assertThat(operator.status("/livez")).isEqualTo(200);
            assertThat(operator.status("/readyz")).isEqualTo(200);
            Log.assertNoStackTrace(operator.log());
        }
    }

    private static Duration aheadBy(OperatorProcess operator) {
        return Duration.between(Instant.now(), operator.timeOfDay());
    }
}
