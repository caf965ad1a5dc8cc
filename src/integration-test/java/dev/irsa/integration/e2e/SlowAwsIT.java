package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Hold;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code kubectl wait} makes of a status that lags behind. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowAwsIT {
    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Test
    void waitReturnsOnlyWhenTheEditedSpecIsTrue() throws Exception {
        try (OperatorProcess operator = world.launch().startReady()) {
            AppliedResource resource =
                    AppliedResource.smallest(world, "invoices").awaitReady();
            Hold aws = world.proxy().faults().on("iam:*").hold();
            resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}");
            World.await().until(() -> aws.held() > 0);
            assertThat(resource.ready("status")).isEqualTo("True");

            assertThat(waitForReady(resource, "2s").exitCode()).isNotZero();

            var waiting = CompletableFuture.supplyAsync(() -> {
                int exitCode = waitForReady(resource, "60s").exitCode();
                return exitCode == 0 ? world.attached(resource.role()).toString() : "kubectl ended with " + exitCode;
            });
            aws.release();
            assertThat(waiting.get()).isEqualTo("[arn:aws:iam::aws:policy/AmazonSQSFullAccess]");
            assertThat(resource.get("{.status.observedGeneration}")).isEqualTo("2");
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void anEditWhileTheFirstReconcileIsHeldUpIsNotLost() {
        try (OperatorProcess operator = world.launch().startReady()) {
            Hold aws = world.proxy().faults().on("iam:*").hold();
            AppliedResource resource = AppliedResource.smallest(world, "invoices");
            World.await().until(() -> aws.held() > 0);

            resource.spec("{policies: {managed: [AmazonSQSFullAccess]}, role: {description: edited}}");
            aws.release();

            resource.awaitReady();
            assertThat(world.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess");
            assertThat(world.role(resource.role()).description()).isEqualTo("edited");
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void oneSlowRoleDelaysNoOther() {
        try (OperatorProcess operator = world.launch().startReady()) {
            AppliedResource slow = new AppliedResource(world, world.namespace(), "slow");
            Hold aws = world.proxy().faults().on("iam:*").ofRole(slow.role()).hold();
            slow.spec(AppliedResource.ONE_POLICY);
            World.await().until(() -> aws.held() > 0);

            AppliedResource.smallest(world, "quick").awaitReady();

            assertThat(slow.ready("status")).isNotEqualTo("True");
            aws.release();
            slow.awaitReady();
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void aResourceThatNoOperatorHasSeenIsInProgressAndNotReady() {
        AppliedResource resource = AppliedResource.smallest(world, "unseen");

        assertThat(resource.status()).isEqualTo("{\"observedGeneration\":-1}");
        assertThat(waitForReady(resource, "1s").exitCode()).isNotZero();
        // The operators of other tests would work on it.
        resource.delete().awaitGone();
    }

    private Command.Result waitForReady(AppliedResource resource, String timeout) {
        return world.kubectl()
                .run(
                        "-n",
                        resource.namespace(),
                        "wait",
                        "--for=condition=Ready",
                        "iamsa/" + resource.name(),
                        "--timeout=" + timeout);
    }
}
