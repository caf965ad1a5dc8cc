package dev.irsa.integration.e2e;

import static dev.irsa.integration.e2e.ManualDrift.put;
import static dev.irsa.integration.e2e.ManualDrift.statement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Without the right to read roles in bulk each is looked at by itself, in a longer time. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepDeniedIT {
    private static final String PAGES = "iam:GetAccountAuthorizationDetails";

    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Test
    void saysSoOnceAndRepairsDriftUntilTheRightComesBack() {
        OwnDeployment own = OwnDeployment.in(world);
        // Of its own alone, since the rounds go over whatever other tests have left.
        String namespace = world.namespace();
        try (OperatorProcess operator = world.sweeping()
                .withArguments("--own-deployment", own.flag(), "--fallback-interval", "4s")
                .withArguments("--watch-namespace", namespace)
                .startReady()) {
            Fleet fleet = Fleet.apply(world, namespace, AppliedResource.ONE_POLICY, List.of("one", "two"));
            Metrics.awaitSweeps(operator, 1);
            world.proxy().clear();
            world.proxy().faults().deny(PAGES);
            own.awaitEvent("SweepDenied", PAGES, "one by one", "docs/permissions.md");

            drift(fleet.first());
            World.await().until(() -> repaired(fleet.first()));
            fleet.first().awaitEvent("DriftRepaired", "deleted inline policy backdoor");
            World.await().until(() -> fleet.subject("two").calls().contains("GetRole"));
            assertThat(fleet.subject("two").calls())
                    .as("is looked at too, and nothing is written")
                    .allMatch(action -> action.startsWith("Get") || action.startsWith("List"));
            World.await().until(() -> world.proxy().calls().count(PAGES) >= 4);
            assertThat(operator.log().lines().filter(line -> line.contains("SweepDenied")))
                    .hasSize(1);
            assertThat(own.events())
                    .filteredOn(event -> event.startsWith("SweepDenied"))
                    .hasSize(1);

            world.proxy().clear();
            Metrics.awaitSweeps(operator, 1);
            world.proxy().calls().clear();
            Metrics.awaitSweeps(operator, 3);
            assertThat(fleet.calls()).as("no more looks at each").isEmpty();
            drift(fleet.subject("two"));
            World.await().until(() -> repaired(fleet.subject("two")));
            Log.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void fromTheStartItHoldsUpNobodyWhoHasWork() {
        String namespace = world.namespace();
        Fleet fleet;
        try (OperatorProcess operator =
                world.sweeping().withArguments("--watch-namespace", namespace).startReady()) {
            fleet = Fleet.apply(world, namespace, AppliedResource.ONE_POLICY, List.of("one", "two", "three"));
            assertThat(operator.isAlive()).isTrue();
        }
        world.proxy().clear();
        world.proxy().faults().deny(PAGES);

        try (OperatorProcess operator =
                world.sweeping().withArguments("--watch-namespace", namespace).startReady()) {
            fleet.first()
                    .apply("{policies: {managed: [AmazonSQSReadOnlyAccess]}}")
                    .awaitReady();
            fleet.subject("two").delete();
            fleet.subject("four").apply(AppliedResource.ONE_POLICY).awaitReady();

            assertThat(world.attached(fleet.first().roleName()))
                    .containsExactly(ManualDrift.MANAGED + "AmazonSQSReadOnlyAccess");
            assertThat(fleet.subject("two").roleExists()).isFalse();
            assertThat(fleet.subject("three").calls())
                    .as("its turn comes within the hour")
                    .isEmpty();
            Log.assertNoStackTrace(operator.log());
        }
    }

    private void drift(Subject subject) {
        put(world, subject.roleName(), "backdoor", statement("Allow", "iam:*"));
    }

    private boolean repaired(Subject subject) {
        return world.inline(subject.roleName()).isEmpty();
    }
}
