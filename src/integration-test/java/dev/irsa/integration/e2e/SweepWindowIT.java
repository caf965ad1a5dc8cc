package dev.irsa.integration.e2e;

import static dev.irsa.integration.e2e.ManualDrift.put;
import static dev.irsa.integration.e2e.ManualDrift.statement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The consistency window that users have: a sweep is not believed of what we wrote in the minute before it. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepWindowIT {
    private static final Duration WINDOW = Duration.ofSeconds(60);

    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Test
    void aRoleAtRestIsRepairedAtOnceAfterAStartAndOneJustWrittenWhenTheWindowHasPassed() {
        OperatorLaunch launch = OperatorLaunch.of(
                        World.CLUSTER,
                        world.controlPlane().kubeconfig(),
                        world.proxy().uri())
                .withArguments("--sweep-interval", "3s", "--log-format", "text");
        Subject atRest;
        try (OperatorProcess operator = launch.startReady()) {
            atRest = Subject.in(world).apply(AppliedResource.ONE_POLICY).awaitReady();
            assertThat(operator.isAlive()).isTrue();
        }
        drift(atRest);

        try (OperatorProcess operator = launch.startReady()) {
            Subject fresh = Subject.in(world);
            long before = System.nanoTime();
            fresh.apply(AppliedResource.ONE_POLICY).awaitReady();
            drift(fresh);
            world.proxy().calls().clear();

            World.await().until(() -> repaired(atRest));
            World.await()
                    .atMost(WINDOW.multipliedBy(3))
                    .until(() -> !fresh.calls().isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("from before it was made to the first look at it")
                    .isGreaterThan(WINDOW);
            World.await().until(() -> repaired(fresh));
            Log.assertNoStackTrace(operator.log());
        }
    }

    private void drift(Subject subject) {
        put(world, subject.roleName(), "backdoor", statement("Allow", "iam:*"));
    }

    private boolean repaired(Subject subject) {
        return world.inline(subject.roleName()).isEmpty();
    }
}
