package dev.irsa.integration.e2e;

import static dev.irsa.integration.e2e.ManualDrift.put;
import static dev.irsa.integration.e2e.ManualDrift.statement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests the default consistency window. A sweep repairs no role that the operator wrote within the last minute. */
class SweepWindowIT extends EnvironmentTestBase {
    private static final Duration WINDOW = Duration.ofSeconds(60);

    @Test
    void delaysRepairOfRecentlyWrittenRoleByConsistencyWindow() {
        OperatorLaunch launch = OperatorLaunch.of(
                        TestEnvironment.CLUSTER,
                        env.controlPlane().kubeconfig(),
                        env.proxy().uri())
                .withArguments("--sweep-interval", "3s", "--log-format", "text");
        Subject atRest;
        try (OperatorProcess operator = launch.startReady()) {
            atRest = Subject.in(env).apply(AppliedResource.ONE_POLICY).awaitReady();
            assertThat(operator.isAlive()).isTrue();
        }
        drift(atRest);

        try (OperatorProcess operator = launch.startReady()) {
            Subject fresh = Subject.in(env);
            long before = System.nanoTime();
            fresh.apply(AppliedResource.ONE_POLICY).awaitReady();
            drift(fresh);
            env.proxy().calls().clear();

            TestEnvironment.await().until(() -> repaired(atRest));
            TestEnvironment.await()
                    .atMost(WINDOW.multipliedBy(3))
                    .until(() -> !fresh.calls().isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("from before its creation to its first read")
                    .isGreaterThan(WINDOW);
            TestEnvironment.await().until(() -> repaired(fresh));
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    private void drift(Subject subject) {
        put(env, subject.roleName(), "backdoor", statement("Allow", "iam:*"));
    }

    private boolean repaired(Subject subject) {
        return env.inline(subject.roleName()).isEmpty();
    }
}
