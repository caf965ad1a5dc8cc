package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of docs/getting-started.md that need neither AWS nor an image. {@link PodCredentialsIT} tests the
 * credentials of the sample's pod.
 */
@ExtendWith(SharedMachine.class)
class GettingStartedIT {
    private static final String ROLE = TestEnvironment.roleName("payments", "invoices");

    @TempDir
    private Path folder;

    private ControlPlane controlPlane;
    private TestEnvironment env;

    @BeforeEach
    void installChartResources(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().get("delete", "iamentitlement", "everything");
        env.kubectl().get("apply", "-f", "deploy/entitlement.yaml");
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void gettingStartedGuideWorks() throws Exception {
        String issuer = controlPlane.issuer();
        Shell user = Shell.in(folder, controlPlane.kubeconfig())
                .withPlugin()
                .with("ACCOUNT", "123456789012")
                .with("CLUSTER", TestEnvironment.CLUSTER);
        GuideRun.of(GettingStartedIT.class, user, guide -> {
            assertThat(guide.run("kubectl get --raw")).contains("\"issuer\":\"" + issuer + "\"");
            guide.run("ISSUER=");
            assertThat(folder.resolve("trust.json"))
                    .content()
                    .contains("oidc-provider/" + issuer.replaceFirst("^https://", "") + "\"");
            assertThat(folder.resolve("permissions.json"))
                    .content()
                    .contains("iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy");

            try (OperatorProcess operator = env.launch().startReady()) {
                guide.run("kubectl apply -f deploy/templates/s3-read.yaml");
                assertThat(env.inline(ROLE)).containsExactly("s3-read");
                assertThat(VisibleState.inline(env, ROLE, "s3-read")).contains("arn:aws:s3:::irsa-demo-123456789012");
                assertThat(env.annotation("payments", "invoices", "eks.amazonaws.com/role-arn"))
                        .isEqualTo(env.role(ROLE).arn());

                guide.run("kubectl delete -f deploy/samples/invoices.yaml");
                assertThat(env.roleExists(ROLE)).isFalse();
                TestEnvironment.await().until(() -> !env.reader().hasServiceAccount("payments", "invoices"));
                assertThat(operator.isAlive()).isTrue();
            }
        });
    }
}
