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

/** Tests that a start with many resources reads roles in pages only. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartupSweepIT {
    private static final int MANY = 100;

    private final AuditLog audit = AuditLog.create();
    private ControlPlane controlPlane;
    private TestEnvironment env;
    private ResourceGroup group;

    /** Creates the resources. Each test starts another operator. */
    @BeforeAll
    void createResources(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start(audit.settings());
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        try (OperatorProcess operator = env.sweeping().startReady()) {
            group = ResourceGroup.of(env, MANY);
            Metrics.awaitSweeps(operator, 1);
        }
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void readsRolesInPagesOnly() {
        int before = writes();
        try (OperatorProcess operator = env.sweeping().startReady()) {
            Metrics.awaitSweeps(operator, 2);

            assertThat(besidesPages())
                    .as("the caller identity and the OIDC provider only")
                    .containsOnly("sts:GetCallerIdentity", "iam:GetOpenIDConnectProvider");
            assertThat(group.calls()).isEmpty();
            assertThat(writes()).isEqualTo(before);
        }
    }

    @Test
    void repairsOnlyDriftFromDowntime() {
        Subject detached = group.subject("one-1");
        Subject added = group.subject("one-2");
        Subject deleted = group.subject("one-3");
        List<Subject> touched = List.of(detached, added, deleted);
        Map<String, VisibleState> before =
                new ResourceGroup(env, group.namespace(), List.of("one-1", "one-2", "one-3")).states();
        env.iam()
                .detachRolePolicy(
                        request -> request.roleName(detached.roleName()).policyArn(MANAGED + "AmazonS3ReadOnlyAccess"));
        put(env, added.roleName(), "backdoor", statement("Allow", "iam:*"));
        ConsoleUser.deleteRole(env, deleted.roleName());
        Subject late = group.subject("late").apply(AppliedResource.ONE_POLICY);

        try (OperatorProcess operator = env.sweeping().startReady()) {
            late.awaitReady();
            TestEnvironment.await().until(() -> env.roleExists(deleted.roleName()));
            assertThat(touched)
                    .allSatisfy(subject ->
                            Objects.requireNonNull(before.get(subject.name())).awaitRestored(subject));
            detached.awaitEvent("DriftRepaired", "attached policy");
            added.awaitEvent("DriftRepaired", "deleted inline policy backdoor");
            Metrics.awaitSweeps(operator, 1);
            assertThat(late.calls()).containsExactly("CreateRole", "AttachRolePolicy");
            assertThat(group.subjects())
                    .filteredOn(subject -> !touched.contains(subject))
                    .allSatisfy(subject -> assertThat(subject.calls()).isEmpty());
            late.delete();
        }
    }

    @Test
    void waitsForIamAtStartWithoutStatusWrites() {
        int before = writes();
        env.proxy().faults().on("iam:*").closeConnection();
        try (OperatorProcess operator = env.sweeping().startReady()) {
            TestEnvironment.await().until(() -> env.proxy().calls().count("iam:GetAccountAuthorizationDetails") >= 3);
            assertThat(group.calls()).isEmpty();
            assertThat(writes()).isEqualTo(before);
            Subject late = group.subject("late").apply(AppliedResource.ONE_POLICY);
            late.awaitReason("AwsUnavailable");

            env.proxy().clear();
            late.awaitReady();
            Metrics.awaitSweeps(operator, 1);

            assertThat(group.calls()).isEmpty();
            late.delete();
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void becomesReadyAfterAwsOutageAtStart() {
        env.proxy().faults().on("*").closeConnection();
        try (OperatorProcess operator = env.sweeping().start()) {
            group.first().awaitReason("AwsUnavailable");
            assertThat(operator.status("/readyz")).isEqualTo(503);
            // Within the consistency window after its start, which is one second here, the operator may write roles
            // again.
            TestEnvironment.awaitTime(Instant.now().plusSeconds(2));

            env.proxy().clear();
            operator.awaitReady();
            group.awaitReady();
            Metrics.awaitSweeps(operator, 1);

            assertThat(env.proxy().calls().besidesPages())
                    .as("no writes without drift")
                    .noneMatch(AwsCall::writesToRole);
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    private List<String> besidesPages() {
        return env.proxy().calls().besidesPages().stream().map(AwsCall::name).toList();
    }

    private int writes() {
        return audit.writesOfTheOperator(group.namespace()).size();
    }
}
