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

/** What is changed by hand at AWS is found and undone, though nothing happens in Kubernetes. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepIT {
    private static final int AT_REST = 20;

    private final AuditLog audit = AuditLog.create();
    private ControlPlane controlPlane;
    private World world;
    private OperatorProcess operator;
    private Fleet resting;
    private Fleet changed;
    private Map<String, VisibleState> before;

    /** All scenes at once, as the sweep finds them. */
    @BeforeAll
    void changeByHand(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start(audit.settings());
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        operator = world.sweeping().startReady();
        resting = Fleet.of(world, AT_REST);
        changed = Fleet.apply(
                world,
                world.namespace(),
                ManualDrift.SPEC,
                drifts().stream().map(ManualDrift::name).toList());
        before = changed.facts();
        drifts().forEach(drift ->
                drift.byHand().accept(world, changed.subject(drift.name()).roleName()));
    }

    @AfterAll
    void stop() {
        operator.close();
        controlPlane.close();
        Log.assertNoStackTrace(operator.log());
    }

    static List<ManualDrift> drifts() {
        return ManualDrift.all();
    }

    @ParameterizedTest
    @MethodSource("drifts")
    void isRepairedAndTold(ManualDrift drift) {
        Subject subject = changed.subject(drift.name());

        awaitRepaired(subject);
        subject.awaitEvent("DriftRepaired", drift.told().toArray(new String[0]));
        subject.awaitReady();
        assertThat(subject.field("iamsa/" + subject.name(), "{.status.role.id}"))
                .isEqualTo(world.role(subject.roleName()).roleId());
    }

    @Test
    void resourcesAtRestCostNoCallAndNoWriteHoweverOftenTheSweepComesBy() {
        Metrics.awaitSweeps(operator, 1);
        int writes = audit.writesOfTheOperator(resting.namespace()).size();
        world.proxy().calls().clear();

        Metrics.awaitSweeps(operator, 4);

        assertThat(resting.calls()).isEmpty();
        assertThat(audit.writesOfTheOperator(resting.namespace()))
                .as("3 writes and an event for each when it was made, and none since")
                .hasSize(4 * AT_REST)
                .hasSize(writes);
    }

    private void awaitRepaired(Subject subject) {
        World.await()
                .untilAsserted(() -> assertThat(world.roleExists(subject.roleName()))
                        .as("role of " + subject.name())
                        .isTrue());
        World.await()
                .untilAsserted(() -> assertThat(Objects.requireNonNull(before.get(subject.name()))
                                .changesTo(VisibleState.of(subject)))
                        .isEmpty());
    }
}
