package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.AuditLog;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that sweeps find and repair manual changes in AWS without events in Kubernetes. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepIT {
    private static final int UNCHANGED = 20;

    private final AuditLog audit = AuditLog.create();
    private ControlPlane controlPlane;
    private TestEnvironment env;
    private OperatorProcess operator;
    private ResourceGroup unchanged;
    private ResourceGroup changed;
    private Map<String, VisibleState> before;

    /** Makes all changes at once, for one sweep to find. */
    @BeforeAll
    void changeByHand(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start(audit.settings());
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        operator = env.sweeping().startReady();
        unchanged = ResourceGroup.of(env, UNCHANGED);
        changed = ResourceGroup.apply(
                env,
                env.namespace(),
                ManualDrift.SPEC,
                drifts().stream().map(ManualDrift::name).toList());
        before = changed.states();
        drifts().forEach(drift ->
                drift.change().accept(env, changed.subject(drift.name()).roleName()));
    }

    @AfterAll
    void stop() {
        operator.close();
        controlPlane.close();
        OperatorLog.assertNoStackTrace(operator.log());
    }

    static List<ManualDrift> drifts() {
        return ManualDrift.all();
    }

    @ParameterizedTest
    @MethodSource("drifts")
    void repairsAndReportsDrift(ManualDrift drift) {
        Subject subject = changed.subject(drift.name());

        Objects.requireNonNull(before.get(subject.name())).awaitRestored(subject);
        // A sweep that runs while the changes are made repairs the first of them, and the next one the rest.
        drift.reported().forEach(words -> subject.awaitEvent("DriftRepaired", words));
        subject.awaitReady();
        assertThat(subject.field("iamsa/" + subject.name(), "{.status.role.id}"))
                .isEqualTo(env.role(subject.roleName()).roleId());
    }

    @Test
    void makesNoCallsOrWritesForUnchangedResources() {
        Metrics.awaitSweeps(operator, 1);
        int writes = audit.writesOfTheOperator(unchanged.namespace()).size();
        env.proxy().calls().clear();

        Metrics.awaitSweeps(operator, 4);

        assertThat(unchanged.calls()).isEmpty();
        assertThat(audit.writesOfTheOperator(unchanged.namespace()))
                .as("3 writes and an event for each creation, and none since")
                .hasSize(4 * UNCHANGED)
                .hasSize(writes);
    }
}
