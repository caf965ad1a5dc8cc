package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Hold;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** With rights that depend on path and tags, IAM answers AccessDenied where it would say NoSuchEntity. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitedRightsIT {
    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
        // Longer than IAM forgets a role here: beyond it, creating once more is how to ask.
        operator = OperatorLaunch.of(World.CLUSTER, controlPlane.kubeconfig(), proxy.uri())
                .withArguments("--consistency-window", "8s", "--slowest-retry", "20s", "--log-format", "text")
                .startReady();
    }

    @AfterAll
    void stop() {
        operator.close();
    }

    @Test
    void aRoleDeletedByHandIsMadeAgainOnTheNextChange() {
        world.proxy().faults().denyWritesToAbsentRoles();
        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();
        String id = world.role(resource.role()).roleId();
        ConsoleUser.removeRole(world, resource.role());

        resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}").awaitReady();

        assertThat(world.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess");
        assertThat(world.role(resource.role()).roleId()).isNotEqualTo(id).isEqualTo(resource.get("{.status.role.id}"));
        assertThat(resource.events("AccessDenied")).isEmpty();
    }

    @Test
    void aRoleThatGoesBetweenOurReadAndOurWriteIsMadeAgain() {
        world.proxy().faults().denyWritesToAbsentRoles();
        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();
        Hold attach = world.proxy().faults().on("iam:AttachRolePolicy").hold();
        resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}");
        World.await().until(() -> attach.held() > 0);
        ConsoleUser.removeRole(world, resource.role());

        attach.release();

        resource.awaitReady();
        assertThat(world.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess");
        assertThat(resource.events("AccessDenied")).isEmpty();
    }

    @Test
    void aDeletionWhoseRoleIsGoneEnds() {
        world.proxy().faults().denyWritesToAbsentRoles();
        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();
        ConsoleUser.removeRole(world, resource.role());

        resource.delete().awaitGone();

        World.await().until(() -> !resource.hasServiceAccount());
        assertThat(resource.events("AccessDenied")).isEmpty();
    }

    @Test
    void aDeletionWhoseRoleGoesBetweenOurReadAndOurWriteEnds() {
        world.proxy().faults().denyWritesToAbsentRoles();
        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();
        Hold detach = world.proxy().faults().on("iam:DetachRolePolicy").hold();
        resource.delete();
        World.await().until(() -> detach.held() > 0);
        ConsoleUser.removeRole(world, resource.role());

        detach.release();

        resource.awaitGone();
        assertThat(world.roleExists(resource.role())).isFalse();
    }

    @Test
    void aFreshRoleThatIamForgetsForAWhileBecomesReady() {
        world.proxy().faults().forgetFreshRoles(3);

        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();

        assertThat(world.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(world.proxy().calls().actionsOn(resource.role()))
                .filteredOn("CreateRole"::equals)
                .hasSize(1);
        assertThat(resource.events("RoleConflict")).isEmpty();
    }

    @Test
    void aFreshRoleThatIamDeniesForAWhileBecomesReady() {
        world.proxy().faults().denyFreshRoles(2);

        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();

        assertThat(world.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(world.proxy().calls().actionsOn(resource.role()))
                .filteredOn("CreateRole"::equals)
                .hasSize(1);
        assertThat(resource.events("AccessDenied")).isEmpty();
    }
}
