package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.OidcProvider;
import dev.irsa.integration.machine.SharedMachine;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The API server does not show its discovery document to the operator. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadableIssuerIT {
    private static final String OPERATOR = "irsa-operator";

    private ControlPlane controlPlane;
    private World world;

    @BeforeAll
    void hideTheDocument(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        world.kubectl().applyFile(Path.of("deploy", "rbac.yaml")).orThrow();
        world.kubectl()
                .run("delete", "clusterrolebinding", "system:service-account-issuer-discovery")
                .orThrow();
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    private OperatorLaunch launch() {
        return world.launch().withKubeconfig(controlPlane.kubeconfigOfServiceAccount(OPERATOR, OPERATOR));
    }

    @Test
    void endsWithoutTheFlag() {
        Refused refused = Refused.startOf(launch());

        refused.with(1);
        assertThat(refused.words()).contains("set --oidc-issuer", "system:service-account-issuer-discovery");
    }

    @Test
    void trustsTheIssuerOfTheFlag() {
        String issuer = "https://k3s.example.com/clusters/1";
        OidcProvider.ensure(world.iam(), issuer);
        try (OperatorProcess operator =
                launch().withArguments("--oidc-issuer=" + issuer).startReady()) {
            Subject subject =
                    Subject.in(world).apply(AppliedResource.ONE_POLICY).awaitReady();

            assertThat(world.role(subject.roleName()).assumeRolePolicyDocument())
                    .contains("k3s.example.com");
            assertThat(operator.isAlive()).isTrue();
        }
    }
}
