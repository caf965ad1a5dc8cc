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

/** The API server denies the operator its discovery document, so that the operator reads the issuer from EKS. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EksIssuerIT {
    private static final String OPERATOR = "irsa-operator";

    private ControlPlane controlPlane;
    private TestEnvironment env;
    private Moto moto;

    @BeforeAll
    void denyDiscovery(Moto moto, FaultProxy proxy) {
        this.moto = moto;
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().applyFile(Path.of("deploy", "rbac.yaml")).orThrow();
        env.kubectl()
                .run("delete", "clusterrolebinding", "system:service-account-issuer-discovery")
                .orThrow();
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    private OperatorLaunch launch() {
        return env.launch().withKubeconfig(controlPlane.kubeconfigOfServiceAccount(OPERATOR, OPERATOR));
    }

    @Test
    void readsIssuerFromEks() {
        try (EksCluster known = EksCluster.create(moto, TestEnvironment.CLUSTER);
                OperatorProcess operator = launch().startReady()) {
            String issuer = known.described().identity().oidc().issuer();
            Subject subject = Subject.in(env).apply(AppliedResource.ONE_POLICY);
            assertThat(subject.awaitReason("OidcProviderMissing")).contains(issuer, "eksctl");
            assertThat(env.proxy().calls().count("eks:DescribeCluster")).isEqualTo(1);

            OidcProvider.ensure(env.iam(), issuer);

            subject.awaitReady();
            assertThat(env.role(subject.roleName()).assumeRolePolicyDocument())
                    .contains(issuer.substring("https://".length()));
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void requiresIssuerFlagForClusterUnknownToEks() {
        try (OperatorProcess operator = launch().start()) {
            Subject subject = Subject.in(env).apply(AppliedResource.ONE_POLICY);

            assertThat(subject.awaitReason("CredentialsUnavailable")).contains("set --oidc-issuer");
            assertThat(operator.status("/readyz")).isEqualTo(503);
        }
        String issuer = "https://k3s.example.com:6443/clusters/1";
        OidcProvider.ensure(env.iam(), issuer);
        try (OperatorProcess operator =
                launch().withArguments("--oidc-issuer=" + issuer).startReady()) {
            Subject subject = Subject.in(env).apply(AppliedResource.ONE_POLICY).awaitReady();

            assertThat(env.role(subject.roleName()).assumeRolePolicyDocument()).contains("k3s.example.com");
            assertThat(operator.isAlive()).isTrue();
        }
    }
}
