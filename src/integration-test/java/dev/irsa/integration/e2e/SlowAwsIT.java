package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Hold;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tests {@code kubectl wait} while AWS calls are slow. */
class SlowAwsIT extends EnvironmentTestBase {
    @Test
    void kubectlWaitReturnsOnceEditedSpecIsApplied() throws Exception {
        try (OperatorProcess operator = env.launch().startReady()) {
            AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
            Hold aws = env.proxy().faults().on("iam:*").hold();
            resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}");
            TestEnvironment.await().until(() -> aws.held() > 0);
            assertThat(resource.ready("status")).isEqualTo("True");

            assertThat(waitForReady(resource, "2s").exitCode()).isNotZero();

            var waiting = CompletableFuture.supplyAsync(() -> {
                int exitCode = waitForReady(resource, "60s").exitCode();
                return exitCode == 0 ? env.attached(resource.role()).toString() : "kubectl ended with " + exitCode;
            });
            aws.release();
            assertThat(waiting.get()).isEqualTo("[arn:aws:iam::aws:policy/AmazonSQSFullAccess]");
            assertThat(resource.get("{.status.observedGeneration}")).isEqualTo("2");
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void appliesEditMadeDuringFirstReconcile() {
        try (OperatorProcess operator = env.launch().startReady()) {
            Hold aws = env.proxy().faults().on("iam:*").hold();
            AppliedResource resource = AppliedResource.smallest(env, "invoices");
            TestEnvironment.await().until(() -> aws.held() > 0);

            resource.spec("{policies: {managed: [AmazonSQSFullAccess]}, role: {description: edited}}");
            aws.release();

            resource.awaitReady();
            assertThat(env.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess");
            assertThat(env.role(resource.role()).description()).isEqualTo("edited");
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void slowRoleDoesNotDelayOthers() {
        try (OperatorProcess operator = env.launch().startReady()) {
            AppliedResource slow = new AppliedResource(env, env.namespace(), "slow");
            Hold aws = env.proxy().faults().on("iam:*").ofRole(slow.role()).hold();
            slow.spec(AppliedResource.ONE_POLICY);
            TestEnvironment.await().until(() -> aws.held() > 0);

            AppliedResource.smallest(env, "quick").awaitReady();

            assertThat(slow.ready("status")).isNotEqualTo("True");
            aws.release();
            slow.awaitReady();
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void unobservedResourceIsNotReady() {
        AppliedResource resource = AppliedResource.smallest(env, "unseen");

        assertThat(resource.status()).isEqualTo("{\"observedGeneration\":-1}");
        assertThat(waitForReady(resource, "1s").exitCode()).isNotZero();
        // Otherwise the operators of other tests would reconcile it.
        resource.delete().awaitGone();
    }

    private Command.Result waitForReady(AppliedResource resource, String timeout) {
        return env.kubectl()
                .run(
                        "-n",
                        resource.namespace(),
                        "wait",
                        "--for=condition=Ready",
                        "iamsa/" + resource.name(),
                        "--timeout=" + timeout);
    }
}
