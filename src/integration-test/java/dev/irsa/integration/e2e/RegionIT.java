package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.HttpsProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Only the STS endpoint of one region can be reached, and {@code --region} is the only setting of a region. */
@ExtendWith(SharedMachine.class)
class RegionIT {
    private static final String STS = "sts.eu-central-1.amazonaws.com";

    @Test
    void exchangesWebIdentityTokenInConfiguredRegion(
            ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl, @TempDir Path folder)
            throws Exception {
        TestEnvironment env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
        Path token = Files.writeString(folder.resolve("token"), "a.web.identity");
        try (HttpsProxy https = HttpsProxy.toOnly(STS, proxy.uri(), folder);
                OperatorProcess operator = env.launch()
                        .withoutEnvironment("AWS_ACCESS_KEY_ID")
                        .withoutEnvironment("AWS_SECRET_ACCESS_KEY")
                        .withoutEnvironment("AWS_REGION")
                        .withoutEnvironment("AWS_ENDPOINT_URL")
                        .withEnvironment("AWS_ENDPOINT_URL_IAM", proxy.uri().toString())
                        .withEnvironment("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/irsa-operator")
                        .withEnvironment("AWS_ROLE_SESSION_NAME", "irsa-operator-7d9f-x")
                        .withEnvironment("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString())
                        .withEnvironment("JAVA_TOOL_OPTIONS", https.jvmOptions())
                        .withArguments("--region=eu-central-1")
                        .startReady()) {
            assertThat(proxy.calls().names()).contains("sts:AssumeRoleWithWebIdentity", "sts:GetCallerIdentity");
            assertThat(https.requested()).containsExactly(STS);
            assertThat(operator.log())
                    .contains("calling AWS as arn:aws:sts::123456789012:assumed-role/irsa-operator, session"
                            + " irsa-operator-7d9f-x");
        }
    }
}
