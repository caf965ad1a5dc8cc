package dev.irsa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.machine.ControlPlane;
import dev.irsa.machine.FaultProxy;
import dev.irsa.machine.Kubectl;
import dev.irsa.machine.Moto;
import dev.irsa.machine.OperatorProcess;
import dev.irsa.machine.SharedMachine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifecycleIT {
    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
        operator = world.launch().startReady();
    }

    @AfterAll
    void stop() {
        operator.close();
    }

    @Test
    void theSmallestManifestGivesARoleAPointedServiceAccountAndAnHonestStatus() {
        String ns = world.namespace();
        world.kubectl().apply(World.smallest(ns, "invoices")).orThrow();
        world.awaitReady(ns, "invoices");
        String role = World.roleName(ns, "invoices");
        assertThat(world.attached(role)).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(world.annotation(ns, "invoices", "eks.amazonaws.com/role-arn"))
                .isEqualTo(world.role(role).arn());
        world.kubectl()
                .run("-n", ns, "delete", "iamsa", "invoices", "--timeout=30s")
                .orThrow();
        assertThat(world.roleExists(role)).isFalse();
        World.await().until(() -> !world.exists(ns, "sa/invoices"));
    }
}
