package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Base of tests in the shared cluster and AWS account. Each test starts its own operator processes. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EnvironmentTestBase {
    TestEnvironment env;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
    }
}
