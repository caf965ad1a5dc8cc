package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests roles whose resource no longer exists. Uses a separate cluster, because orphans of other tests would count too.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrphanIT {
    private static final String POLICIES = """
            {policies: {managed: [AmazonS3ReadOnlyAccess], inline: [
              {name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}}""";
    private static final String GAUGE = "irsa_orphaned_roles";

    private ControlPlane controlPlane;
    private TestEnvironment env;
    private OperatorDeployment own;
    private OperatorLaunch launch;

    @BeforeAll
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        own = OperatorDeployment.in(env);
        launch = env.sweeping().withArguments("--own-deployment", own.flag());
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void reportsOrphansAndReusesThemForRecreatedResources() {
        ResourceGroup group = createWithOperatorStopped("one", "two", "three");
        List<Subject> orphaned = List.of(group.subject("one"), group.subject("two"));
        orphaned.forEach(OrphanIT::orphan);
        String id = env.role(orphaned.getFirst().roleName()).roleId();
        env.proxy().clear();

        try (OperatorProcess operator = launch.startReady()) {
            own.awaitEvent(
                    "RolesOrphaned",
                    "roles without a resource (2)",
                    orphaned.getFirst().roleName(),
                    orphaned.getLast().roleName(),
                    "--remove-orphans");
            assertThat(operator.log()).contains("RolesOrphaned");
            TestEnvironment.await().until(() -> Metrics.value(operator, GAUGE) == 2);
            Metrics.awaitSweeps(operator, 2);
            assertThat(orphaned)
                    .allSatisfy(subject -> assertThat(subject.calls()).isEmpty());
            assertThat(operator.log().lines().filter(line -> line.contains("RolesOrphaned")))
                    .as("reported once")
                    .hasSize(1);

            orphaned.forEach(subject -> subject.apply(POLICIES).awaitReady());
            assertThat(env.role(orphaned.getFirst().roleName()).roleId()).isEqualTo(id);
            TestEnvironment.await().until(() -> Metrics.value(operator, GAUGE) == 0);
            group.subjects().forEach(Subject::delete);
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void deletesOrphansWithRemoveOrphans() {
        // One of twenty roles is the 5 % that one sweep may delete.
        ResourceGroup group = createWithOperatorStopped(
                IntStream.range(0, 20).mapToObj(i -> "r" + i).toArray(String[]::new));
        Subject orphaned = group.subject("r0");
        orphan(orphaned);
        ConsoleUser.createRole(env, "not-ours-" + orphaned.namespace(), "/irsa/prod/", env.tags(orphaned.roleName()));
        env.iam()
                .untagRole(request ->
                        request.roleName("not-ours-" + orphaned.namespace()).tagKeys("irsa.dev/cluster-id"));
        env.proxy().clear();

        try (OperatorProcess operator = launch.withArguments("--remove-orphans").startReady()) {
            TestEnvironment.await().until(() -> !orphaned.roleExists());
            own.awaitEvent("OrphansRemoved", orphaned.roleName());
            assertThat(orphaned.calls())
                    .startsWith("GetRole")
                    .contains("DetachRolePolicy", "DeleteRolePolicy")
                    .endsWith("DeleteRole");
            Metrics.awaitSweeps(operator, 2);
            assertThat(Metrics.value(operator, GAUGE)).isZero();
            assertThat(group.subject("r1").roleExists()).isTrue();
            assertThat(env.roleExists("not-ours-" + orphaned.namespace()))
                    .as("a role without one of the ownership tags")
                    .isTrue();
            group.subjects().stream().skip(1).forEach(Subject::delete);
            OperatorLog.assertNoStackTrace(operator.log());
        }
        ConsoleUser.deleteRole(env, "not-ours-" + orphaned.namespace());
    }

    /** Creates resources, waits until they are Ready, and stops the operator. */
    private ResourceGroup createWithOperatorStopped(String... names) {
        try (OperatorProcess operator = launch.startReady()) {
            ResourceGroup group = ResourceGroup.apply(env, env.namespace(), POLICIES, List.of(names));
            assertThat(operator.isAlive()).isTrue();
            return group;
        }
    }

    private static void orphan(Subject subject) {
        subject.kubectl(
                "patch", "iamsa", subject.name(), "--type=merge", "--patch={\"metadata\":{\"finalizers\":null}}");
        subject.delete();
        assertThat(subject.roleExists()).isTrue();
    }
}
