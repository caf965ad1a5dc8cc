package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import org.junit.jupiter.api.Test;

/** The credentials of the operator, or AWS itself, are missing when it starts. */
class MissingCredentialsIT extends EnvironmentTestBase {
    @Test
    void reportsMissingCredentialsAndIsNotReady() {
        var launch = env.launch().withoutEnvironment("AWS_ACCESS_KEY_ID").withoutEnvironment("AWS_SECRET_ACCESS_KEY");
        try (OperatorProcess operator = launch.start()) {
            AppliedResource resource = AppliedResource.smallest(env, "invoices");

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
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void reportsUnreadableWebIdentityTokenAsMissingCredentials() {
        var launch = env.launch()
                .withoutEnvironment("AWS_ACCESS_KEY_ID")
                .withoutEnvironment("AWS_SECRET_ACCESS_KEY")
                .withEnvironment("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/irsa-operator")
                .withEnvironment("AWS_WEB_IDENTITY_TOKEN_FILE", "/nonexistent/token");
        try (OperatorProcess operator = launch.start()) {
            AppliedResource resource = AppliedResource.smallest(env, "invoices");

            resource.awaitReason("CredentialsUnavailable");
            assertThat(operator.status("/readyz")).isEqualTo(503);
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void reportsRejectedCredentialsAndRecovers() {
        env.proxy()
                .faults()
                .on("*")
                .fail(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        try (OperatorProcess operator = env.launch().start()) {
            AppliedResource resource = AppliedResource.smallest(env, "invoices");

            assertThat(resource.awaitReason("CredentialsUnavailable")).contains("InvalidClientTokenId");
            assertThat(operator.page("/readyz")).contains("InvalidClientTokenId");

            env.proxy().clear();
            operator.awaitReady();
            resource.awaitReady();
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void waitsForAwsAtStart() {
        env.proxy().faults().on("*").closeConnection();
        try (OperatorProcess operator = env.launch().start()) {
            AppliedResource resource = AppliedResource.smallest(env, "invoices");

            assertThat(resource.awaitReason("AwsUnavailable")).contains("AWS returned no usable response");
            assertThat(operator.status("/livez")).isEqualTo(200);
            assertThat(operator.status("/readyz")).isEqualTo(503);
            assertThat(operator.page("/readyz")).contains("AWS returned no usable response");
            assertThat(resource.finalizers()).isEmpty();

            env.proxy().clear();
            operator.awaitReady();
            resource.awaitReady();
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }
}
