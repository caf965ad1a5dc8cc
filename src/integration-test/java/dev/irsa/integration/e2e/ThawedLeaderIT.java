package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Hold;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/**
 * A leader is frozen while calls of its own are on their way to AWS, where they arrive only after another has led and
 * worked: no fence can hold them back, and they do no harm that lasts.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThawedLeaderIT {
    private static final int AT_REST = 25;
    private static final String NO_POLICY = "{role: {description: bare}}";

    private ControlPlane controlPlane;
    private World world;
    private Moto moto;

    @BeforeAll
    void prepare(Moto shared, FaultProxy proxy) {
        moto = shared;
        controlPlane = ControlPlane.start();
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        world.kubectl().run("create", "namespace", "irsa-operator").orThrow();
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void callsThatArriveAfterTheThawDoNoHarmThatLasts() {
        doNoHarmThatLasts(true);
    }

    @Tag("soak")
    @Test
    void callsThatArriveBeforeTheThawDoNoHarmThatLasts() {
        doNoHarmThatLasts(false);
    }

    private void doNoHarmThatLasts(boolean afterTheThaw) {
        String namespace = world.namespace();
        AppliedResource changed = new AppliedResource(world, namespace, "changed").spec(AppliedResource.ONE_POLICY);
        AppliedResource deleted = new AppliedResource(world, namespace, "deleted").spec(NO_POLICY);
        AppliedResource created = new AppliedResource(world, namespace, "created");
        try (Replica first = start()) {
            first.awaitLeading();
            changed.awaitReady();
            deleted.awaitReady();
            // Where one role of few had lost its resource, nothing would be removed.
            Fleet atRest = Fleet.of(world, AT_REST);
            List<RoleSnapshot> before = roles(atRest);
            try (Replica second = start()) {
                List<Hold> calls = Stream.of(
                                hold(first, "AttachRolePolicy", changed),
                                hold(first, "DeleteRole", deleted),
                                hold(first, "CreateRole", created))
                        .toList();
                changed.spec("{policies: {managed: [AmazonSQSFullAccess]}}");
                deleted.delete();
                created.spec(NO_POLICY);
                calls.forEach(hold -> World.await().until(() -> hold.held() > 0));
                first.process().freeze();
                second.awaitLeading();
                // What the new leader is asked for is the opposite of what is on its way.
                changed.spec("{policies: {managed: [AmazonDynamoDBReadOnlyAccess]}}")
                        .awaitReady();
                deleted.awaitGone();
                deleted.spec(NO_POLICY).awaitReady();
                created.awaitReady().delete().awaitGone();
                String secondRole = world.role(deleted.role()).roleId();
                int written = first.writes().size();

                if (afterTheThaw) {
                    first.process().resume();
                    assertThat(first.process().awaitExit()).isEqualTo(1);
                    calls.forEach(Hold::release);
                } else {
                    calls.forEach(Hold::release);
                    // It has taken effect.
                    World.await().until(() -> first.proxy().calls().inFlight() == 0);
                    first.process().resume();
                    assertThat(first.process().awaitExit()).isEqualTo(1);
                }

                Stopwatch recovery = Stopwatch.start("outage: calls of a frozen leader arrive late, "
                        + (afterTheThaw ? "after" : "before") + " the thaw");
                World.await()
                        .ignoreExceptionsInstanceOf(NoSuchEntityException.class)
                        .untilAsserted(
                                () -> assertThat(world.role(deleted.role()).roleId())
                                        .as("the role that took the place of the one to be deleted")
                                        .isNotEqualTo(secondRole)
                                        .isEqualTo(deleted.get("{.status.role.id}")));
                World.await()
                        .untilAsserted(() -> assertThat(world.attached(changed.role()))
                                .containsExactly("arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess"));
                World.await().until(() -> !world.roleExists(created.role()));
                recovery.print("recovered");
                changed.awaitReady();
                deleted.awaitReady();
                // At the thaw the SDK may begin to try once more what got no answer, and never does so with CreateRole.
                List<String> since =
                        first.writes().subList(written, first.writes().size());
                assertThat(since)
                        .as("writes of the thawed")
                        .doesNotHaveDuplicates()
                        .isSubsetOf("iam:AttachRolePolicy", "iam:DeleteRole");
                assertThat(second.leads()).isTrue();
                assertThat(roles(atRest)).isEqualTo(before);
                Log.assertNoStackTrace(first.process().log());
                Log.assertNoStackTrace(second.process().log());
            }
        }
    }

    private List<RoleSnapshot> roles(Fleet fleet) {
        return fleet.subjects().stream()
                .map(subject -> RoleSnapshot.of(world, subject.roleName()))
                .toList();
    }

    private Replica start() {
        return Replica.start(world.sweeping().withArguments("--remove-orphans"), moto.endpoint());
    }

    private static Hold hold(Replica replica, String action, AppliedResource resource) {
        return replica.proxy()
                .faults()
                .on("iam:" + action)
                .ofRole(resource.role())
                .hold();
    }
}
