package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The credentials of the operator, or AWS itself, are missing when it starts. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoIdentityIT {
    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Test
    void withoutCredentialsItLivesIsNotReadyAndEveryResourceSaysWhy() {
        var launch = world.launch().withoutEnvironment("AWS_ACCESS_KEY_ID").withoutEnvironment("AWS_SECRET_ACCESS_KEY");
        try (OperatorProcess operator = launch.start()) {
            AppliedResource resource = AppliedResource.smallest(world, "invoices");

            assertThat(resource.awaitReason("CredentialsUnavailable"))
                    .contains("the operator has no AWS credentials", "IRSA or EKS Pod Identity");
            assertThat(resource.trueConditions()).isEqualTo("Reconciling");
            assertThat(operator.status("/livez")).isEqualTo(200);
            assertThat(operator.status("/readyz")).isEqualTo(503);
            assertThat(operator.page("/readyz")).contains("the operator has no AWS credentials");
            assertThat(resource.finalizers()).isEmpty();
            resource.await("event")
                    .until(() -> resource.events("CredentialsUnavailable").size() == 1);
            assertThat(operator.isAlive()).isTrue();
            Log.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void anUnreadableWebIdentityTokenIsToldAsMissingCredentials() {
        var launch = world.launch()
                .withoutEnvironment("AWS_ACCESS_KEY_ID")
                .withoutEnvironment("AWS_SECRET_ACCESS_KEY")
                .withEnvironment("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/irsa-operator")
                .withEnvironment("AWS_WEB_IDENTITY_TOKEN_FILE", "/nonexistent/token");
        try (OperatorProcess operator = launch.start()) {
            AppliedResource resource = AppliedResource.smallest(world, "invoices");

            resource.awaitReason("CredentialsUnavailable");
            assertThat(operator.status("/readyz")).isEqualTo(503);
            Log.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void credentialsThatAwsDoesNotTakeAreToldAndTakenLater() {
        world.proxy()
                .faults()
                .on("*")
                .fail(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        try (OperatorProcess operator = world.launch().start()) {
            AppliedResource resource = AppliedResource.smallest(world, "invoices");

            assertThat(resource.awaitReason("CredentialsUnavailable")).contains("InvalidClientTokenId");
            assertThat(operator.page("/readyz")).contains("InvalidClientTokenId");

            world.proxy().clear();
            operator.awaitReady();
            resource.awaitReady();
            Log.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void awsUnreachableAtStartIsWaitedFor() {
        world.proxy().faults().on("*").cut();
        try (OperatorProcess operator = world.launch().start()) {
            AppliedResource resource = AppliedResource.smallest(world, "invoices");

            assertThat(resource.awaitReason("AwsUnavailable")).contains("AWS returned no usable response");
            assertThat(operator.status("/livez")).isEqualTo(200);
            assertThat(operator.status("/readyz")).isEqualTo(503);
            assertThat(operator.page("/readyz")).contains("AWS returned no usable response");
            assertThat(resource.finalizers()).isEmpty();

            world.proxy().clear();
            operator.awaitReady();
            resource.awaitReady();
            Log.assertNoStackTrace(operator.log());
        }
    }
}
