package dev.irsa.integration.e2e;

import static dev.irsa.integration.e2e.ManualDrift.MANAGED;
import static dev.irsa.integration.e2e.ManualDrift.put;
import static dev.irsa.integration.e2e.ManualDrift.statement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.awsserver.AwsCall;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.AuditLog;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A start over many resources costs pages, whatever has happened meanwhile. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepStartIT {
    private static final int MANY = 100;

    private final AuditLog audit = AuditLog.create();
    private ControlPlane controlPlane;
    private World world;
    private Fleet fleet;

    /** Each test starts an operator of its own over what this one has made. */
    @BeforeAll
    void make(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start(audit.settings());
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        try (OperatorProcess operator = world.sweeping().startReady()) {
            fleet = Fleet.of(world, MANY);
            Metrics.awaitSweeps(operator, 1);
        }
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void pagesAreAllItTakes() {
        int before = writes();
        try (OperatorProcess operator = world.sweeping().startReady()) {
            Metrics.awaitSweeps(operator, 2);

            assertThat(besidesPages())
                    .as("who it is, whether it has its OIDC provider, and no more")
                    .containsOnly("sts:GetCallerIdentity", "iam:GetOpenIDConnectProvider");
            assertThat(fleet.calls()).isEmpty();
            assertThat(writes()).isEqualTo(before);
        }
    }

    @Test
    void whatWasChangedWhileItWasDownIsRepairedAndTheRestLeftAlone() {
        Subject detached = fleet.subject("one-1");
        Subject added = fleet.subject("one-2");
        Subject deleted = fleet.subject("one-3");
        List<Subject> touched = List.of(detached, added, deleted);
        Map<String, VisibleState> before =
                new Fleet(world, fleet.namespace(), List.of("one-1", "one-2", "one-3")).facts();
        world.iam()
                .detachRolePolicy(
                        request -> request.roleName(detached.roleName()).policyArn(MANAGED + "AmazonS3ReadOnlyAccess"));
        put(world, added.roleName(), "backdoor", statement("Allow", "iam:*"));
        ConsoleUser.removeRole(world, deleted.roleName());
        Subject late = fleet.subject("late").apply(AppliedResource.ONE_POLICY);

        try (OperatorProcess operator = world.sweeping().startReady()) {
            late.awaitReady();
            World.await().until(() -> world.roleExists(deleted.roleName()));
            assertThat(touched)
                    .allSatisfy(subject -> World.await()
                            .untilAsserted(() -> assertThat(Objects.requireNonNull(before.get(subject.name()))
                                            .changesTo(VisibleState.of(subject)))
                                    .isEmpty()));
            detached.awaitEvent("DriftRepaired", "attached policy");
            added.awaitEvent("DriftRepaired", "deleted inline policy backdoor");
            Metrics.awaitSweeps(operator, 1);
            assertThat(late.calls()).containsExactly("CreateRole", "AttachRolePolicy");
            assertThat(fleet.subjects())
                    .filteredOn(subject -> !touched.contains(subject))
                    .allSatisfy(subject -> assertThat(subject.calls()).isEmpty());
            late.delete();
        }
    }

    @Test
    void iamAwayAtTheStartIsWaitedForWithoutAWordToAnybodyAtRest() {
        int before = writes();
        world.proxy().faults().on("iam:*").cut();
        try (OperatorProcess operator = world.sweeping().startReady()) {
            World.await().until(() -> world.proxy().calls().count("iam:GetAccountAuthorizationDetails") >= 3);
            assertThat(fleet.calls()).isEmpty();
            assertThat(writes()).isEqualTo(before);
            Subject late = fleet.subject("late").apply(AppliedResource.ONE_POLICY);
            late.awaitReason("AwsUnavailable");

            world.proxy().clear();
            late.awaitReady();
            Metrics.awaitSweeps(operator, 1);

            assertThat(fleet.calls()).isEmpty();
            late.delete();
            Log.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void allOfAwsAwayAtTheStartEndsInReadyForAll() {
        world.proxy().faults().on("*").cut();
        try (OperatorProcess operator = world.sweeping().start()) {
            fleet.first().awaitReason("AwsUnavailable");
            assertThat(operator.status("/readyz")).isEqualTo(503);
            // In the window after its start it gives roles anew what they may lack. One second, as World.sweeping says.
            World.awaitTime(Instant.now().plusSeconds(2));

            world.proxy().clear();
            operator.awaitReady();
            fleet.awaitReady();
            Metrics.awaitSweeps(operator, 1);

            assertThat(world.proxy().calls().besidesPages())
                    .as("nothing is written, as nothing is wrong")
                    .noneMatch(AwsCall::writesToRole);
            Log.assertNoStackTrace(operator.log());
        }
    }

    private List<String> besidesPages() {
        return world.proxy().calls().besidesPages().stream().map(AwsCall::name).toList();
    }

    private int writes() {
        return audit.writesOfTheOperator(fleet.namespace()).size();
    }
}
