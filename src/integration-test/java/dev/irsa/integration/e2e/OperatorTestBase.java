package dev.irsa.integration.e2e;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Base of tests that share one operator process. Its log must have no stack trace at the end. */
abstract class OperatorTestBase extends EnvironmentTestBase {
    OperatorProcess operator;

    @BeforeAll
    void start() {
        operator = launch().startReady();
    }

    /** Returns the launch of the operator. */
    OperatorLaunch launch() {
        return env.launch();
    }

    @AfterAll
    void stop() {
        operator.close();
        OperatorLog.assertNoStackTrace(operator.log());
    }
}
