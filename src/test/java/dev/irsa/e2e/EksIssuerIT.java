package dev.irsa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.machine.ControlPlane;
import dev.irsa.machine.FaultProxy;
import dev.irsa.machine.Kubectl;
import dev.irsa.machine.Moto;
import dev.irsa.machine.OidcProvider;
import dev.irsa.machine.OperatorLaunch;
import dev.irsa.machine.OperatorProcess;
import dev.irsa.machine.SharedMachine;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;

/** An API server that does not show its discovery document to the operator; EKS tells the issuer in its place. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EksIssuerIT {
    private static final String OPERATOR = "irsa-operator";

    private ControlPlane controlPlane;
    private World world;
    private EksClient eks;

    @BeforeAll
    void hideTheDocument(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        world.kubectl().applyFile(Path.of("deploy", "rbac.yaml")).orThrow();
        world.kubectl()
                .run("delete", "clusterrolebinding", "system:service-account-issuer-discovery")
                .orThrow();
        eks = EksClient.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(moto.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("console", "console")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @AfterAll
    void stop() {
        eks.close();
        controlPlane.close();
    }

    private OperatorLaunch launch() {
        return world.launch().withKubeconfig(controlPlane.kubeconfigOfServiceAccount(OPERATOR, OPERATOR));
    }

    @Test
    void eksIsAskedAndItsIssuerIsTrusted() {
        String issuer = eks.createCluster(request -> request.name(World.CLUSTER)
                        .roleArn("arn:aws:iam::123456789012:role/eks")
                        .resourcesVpcConfig(vpc -> vpc.subnetIds("subnet-1")))
                .cluster()
                .identity()
                .oidc()
                .issuer();
        try (OperatorProcess operator = launch().startReady()) {
            Subject subject = Subject.in(world).apply(Applied.ONE_POLICY);
            assertThat(subject.awaitReason("OidcProviderMissing")).contains(issuer, "eksctl");
            assertThat(world.proxy().calls().count("eks:DescribeCluster")).isEqualTo(1);

            OidcProvider.ensure(world.iam(), issuer);

            subject.awaitReady();
            assertThat(world.role(subject.roleName()).assumeRolePolicyDocument())
                    .contains(issuer.substring("https://".length()));
            Log.assertNoStackTrace(operator.log());
        } finally {
            eks.deleteCluster(request -> request.name(World.CLUSTER));
        }
    }

    @Test
    void aClusterThatEksDoesNotKnowAsksForTheFlagAndTakesIt() {
        try (OperatorProcess operator = launch().start()) {
            Subject subject = Subject.in(world).apply(Applied.ONE_POLICY);

            assertThat(subject.awaitReason("CredentialsUnavailable")).contains("give --oidc-issuer");
            assertThat(operator.status("/readyz")).isEqualTo(503);
        }
        String issuer = "https://k3s.example.com:6443/clusters/1";
        OidcProvider.ensure(world.iam(), issuer);
        try (OperatorProcess operator =
                launch().withArguments("--oidc-issuer=" + issuer).startReady()) {
            Subject subject = Subject.in(world).apply(Applied.ONE_POLICY).awaitReady();

            assertThat(world.role(subject.roleName()).assumeRolePolicyDocument())
                    .contains("k3s.example.com");
            assertThat(operator.isAlive()).isTrue();
        }
    }
}
