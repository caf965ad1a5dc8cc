package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ControlPlaneSettings;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.OidcProvider;
import dev.irsa.integration.machine.SharedMachine;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;

/** Creates and deletes the OIDC provider of a separate cluster while the operator runs. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcProviderIT {
    private static final String URL = "https://oidc.eks.eu-west-1.amazonaws.com/id/COMES-AND-GOES";
    private static final String ARN =
            "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/COMES-AND-GOES";

    private ControlPlane controlPlane;
    private TestEnvironment env;
    private OperatorDeployment deployment;

    @BeforeAll
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start(ControlPlaneSettings.likeEks().withIssuer(URL));
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
    }

    @BeforeEach
    void deleteProvider() {
        delete();
        deployment = OperatorDeployment.in(env);
    }

    @AfterEach
    void delete() {
        env.iam().deleteOpenIDConnectProvider(request -> request.openIDConnectProviderArn(ARN));
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    private OperatorLaunch launch() {
        return env.sweeping().withArguments("--own-deployment", deployment.flag());
    }

    private GetOpenIdConnectProviderResponse provider() {
        return env.iam().getOpenIDConnectProvider(request -> request.openIDConnectProviderArn(ARN));
    }

    @Test
    void reportsMissingProviderAndRecoversWithoutRestart() {
        try (OperatorProcess operator = launch().startReady()) {
            Subject subject = Subject.in(env).apply(AppliedResource.ONE_POLICY);

            assertThat(subject.awaitReason("OidcProviderMissing"))
                    .contains(
                            "eksctl utils associate-iam-oidc-provider --region eu-west-1 --cluster NAME_IN_EKS --approve")
                    .contains("aws iam create-open-id-connect-provider --url " + URL
                            + " --client-id-list sts.amazonaws.com,");
            assertThat(subject.condition("Stalled")).isEqualTo("True");
            assertThat(subject.condition("Reconciling")).isEmpty();
            assertThat(subject.roleExists()).isFalse();
            assertThat(subject.accountExists()).isFalse();
            deployment.awaitEvent("OidcProviderMissing", URL);

            OidcProvider.ensure(env.iam(), URL);

            subject.awaitReady();
            assertThat(env.role(subject.roleName()).assumeRolePolicyDocument()).contains("COMES-AND-GOES");
            assertThat(operator.isAlive()).isTrue();
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void createsProviderWithOwnershipTags() {
        try (OperatorProcess operator = launch().withArguments(
                        "--oidc-provider=Create", "--audiences=sts.amazonaws.com,vault.example.com")
                .startReady()) {
            Subject subject = Subject.in(env)
                    .apply("{token: {audience: vault.example.com}}")
                    .awaitReady();

            assertThat(provider().clientIDList()).containsExactlyInAnyOrder("sts.amazonaws.com", "vault.example.com");
            assertThat(provider().thumbprintList()).isEmpty();
            Map<String, String> tags = new TreeMap<>();
            provider().tags().forEach(tag -> tags.put(tag.key(), tag.value()));
            Map<String, String> roleTags = env.tags(subject.roleName());
            roleTags.remove("irsa.dev/resource");
            assertThat(tags).isEqualTo(roleTags).containsKeys("irsa.dev/cluster", "irsa.dev/cluster-id");
            deployment.awaitEvent("OidcProviderCreated", ARN);
            assertThat(operator.log())
                    .contains("created the OIDC provider for " + URL)
                    .contains("[request ");
            assertThat(env.proxy().calls().count("iam:CreateOpenIDConnectProvider"))
                    .isEqualTo(1);

            subject.delete();
        }
        assertThat(provider().clientIDList()).hasSize(2);
    }
}
