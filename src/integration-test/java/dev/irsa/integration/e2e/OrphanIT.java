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

/** Roles whose object was lost. The cluster is one of its own: what other tests have lost would be counted too. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrphanIT {
    private static final String POLICIES = """
            {policies: {managed: [AmazonS3ReadOnlyAccess], inline: [
              {name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}}""";
    private static final String GAUGE = "irsa_orphaned_roles";

    private ControlPlane controlPlane;
    private World world;
    private OwnDeployment own;
    private OperatorLaunch launch;

    @BeforeAll
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        own = OwnDeployment.in(world);
        launch = world.sweeping().withArguments("--own-deployment", own.flag());
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void isToldOfAndStaysAndIsTakenUpByItsObject() {
        Fleet fleet = make("one", "two", "three");
        List<Subject> lost = List.of(fleet.subject("one"), fleet.subject("two"));
        lost.forEach(OrphanIT::lose);
        String id = world.role(lost.getFirst().roleName()).roleId();
        world.proxy().clear();

        try (OperatorProcess operator = launch.startReady()) {
            own.awaitEvent(
                    "RolesOrphaned",
                    "roles without a resource (2)",
                    lost.getFirst().roleName(),
                    lost.getLast().roleName(),
                    "--remove-orphans");
            assertThat(operator.log()).contains("RolesOrphaned");
            World.await().until(() -> Metrics.value(operator, GAUGE) == 2);
            Metrics.awaitSweeps(operator, 2);
            assertThat(lost).allSatisfy(subject -> assertThat(subject.calls()).isEmpty());
            assertThat(operator.log().lines().filter(line -> line.contains("RolesOrphaned")))
                    .as("told once")
                    .hasSize(1);

            lost.forEach(subject -> subject.apply(POLICIES).awaitReady());
            assertThat(world.role(lost.getFirst().roleName()).roleId()).isEqualTo(id);
            World.await().until(() -> Metrics.value(operator, GAUGE) == 0);
            fleet.subjects().forEach(Subject::delete);
            Log.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void isRemovedWithItsPoliciesWhereThatIsAskedFor() {
        // One of twenty is the 5 % that may go in one sweep.
        Fleet fleet = make(IntStream.range(0, 20).mapToObj(i -> "r" + i).toArray(String[]::new));
        Subject lost = fleet.subject("r0");
        lose(lost);
        ConsoleUser.makeRole(world, "not-ours-" + lost.namespace(), "/irsa/prod/", world.tags(lost.roleName()));
        world.iam()
                .untagRole(request ->
                        request.roleName("not-ours-" + lost.namespace()).tagKeys("irsa.dev/cluster-id"));
        world.proxy().clear();

        try (OperatorProcess operator = launch.withArguments("--remove-orphans").startReady()) {
            World.await().until(() -> !lost.roleExists());
            own.awaitEvent("OrphansRemoved", lost.roleName());
            assertThat(lost.calls())
                    .startsWith("GetRole")
                    .contains("DetachRolePolicy", "DeleteRolePolicy")
                    .endsWith("DeleteRole");
            Metrics.awaitSweeps(operator, 2);
            assertThat(Metrics.value(operator, GAUGE)).isZero();
            assertThat(fleet.subject("r1").roleExists()).isTrue();
            assertThat(world.roleExists("not-ours-" + lost.namespace()))
                    .as("a role that lacks one of our tags")
                    .isTrue();
            fleet.subjects().stream().skip(1).forEach(Subject::delete);
            Log.assertNoStackTrace(operator.log());
        }
        ConsoleUser.removeRole(world, "not-ours-" + lost.namespace());
    }

    /** Ready, and their operator gone. */
    private Fleet make(String... names) {
        try (OperatorProcess operator = launch.startReady()) {
            Fleet fleet = Fleet.apply(world, world.namespace(), POLICIES, List.of(names));
            assertThat(operator.isAlive()).isTrue();
            return fleet;
        }
    }

    private static void lose(Subject subject) {
        subject.kubectl(
                "patch", "iamsa", subject.name(), "--type=merge", "--patch={\"metadata\":{\"finalizers\":null}}");
        subject.delete();
        assertThat(subject.roleExists()).isTrue();
    }
}
