package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ControlPlaneSettings;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.permissions.RoleInIam;
import dev.irsa.integration.permissions.RoleInIam.Bearer;
import dev.irsa.integration.pod.PodIdentityWebhook;
import dev.irsa.integration.pod.PublishedKeys;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the path from the role of deploy/samples/invoices.yaml to the pod of read-bucket.yaml, which reads the bucket. An
 * evaluator checks the policies, because moto's STS issues credentials for any token.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PodCredentialsIT {
    /** The issuer of the guide for self-managed clusters. */
    private static final String OWN_ISSUER = "https://example-oidc.s3.eu-west-1.amazonaws.com";

    private static final String NAMESPACE = "payments";
    private static final String ACCOUNT = "invoices";
    private static final String BUCKET = "irsa-demo-111122223333";
    private static final String ROLE = TestEnvironment.roleName(NAMESPACE, ACCOUNT);
    private static final String AWS_ACCOUNT = "123456789012";
    private static final String STS = "sts.amazonaws.com";

    private ControlPlane controlPlane;
    private ControlPlane elsewhere;
    private TestEnvironment env;
    private SampleContainer container;
    private String token;
    private RoleInIam role;

    @BeforeAll
    void applySample(Moto moto, FaultProxy proxy) throws Exception {
        controlPlane = ControlPlane.start();
        elsewhere = ControlPlane.start(ControlPlaneSettings.likeEks()
                .withIssuer(OWN_ISSUER)
                .withApiServerFlag("--service-account-jwks-uri=" + OWN_ISSUER + "/openid/v1/jwks"));
        TestEnvironment.with(elsewhere, moto, proxy, new Kubectl(elsewhere.kubeconfig()));
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        Bucket.create(moto, BUCKET).put("hello.txt", "hello from S3");
        Kubectl kubectl = env.kubectl();
        kubectl.get("delete", "iamentitlement", "everything");
        kubectl.get("apply", "-f", "deploy/entitlement.yaml", "-f", "deploy/templates/s3-read.yaml");
        kubectl.get("create", "namespace", NAMESPACE);
        kubectl.get("label", "namespace", NAMESPACE, "irsa.dev/entitlement=default");
        kubectl.get("label", "namespace", NAMESPACE, "pod-security.kubernetes.io/enforce=restricted");
        kubectl.get("apply", "-f", "deploy/samples/invoices.yaml", "-f", "deploy/samples/read-bucket.yaml");
        try (OperatorProcess operator = env.launch().startReady()) {
            env.awaitReady(NAMESPACE, ACCOUNT);
            assertThat(operator.isAlive()).isTrue();
        }
        SampleJob job = SampleJob.of(controlPlane.client(), NAMESPACE, "read-bucket");
        Pod pod = job.start(PodIdentityWebhook.ofEks("eu-west-1"));
        token = job.token(pod);
        container = new SampleContainer(pod, token, proxy.uri());
        var inIam = env.role(ROLE);
        role = new RoleInIam(
                AWS_ACCOUNT,
                inIam.arn(),
                VisibleState.decoded(inIam.assumeRolePolicyDocument()),
                VisibleState.inline(env, ROLE, "s3-read"));
    }

    @AfterAll
    void cleanUp() {
        ConsoleUser.deleteRole(env, ROLE);
        elsewhere.close();
        controlPlane.close();
    }

    @Test
    void podTokenIsSignedAndIdentifiesServiceAccount() {
        JWTClaimsSet claims =
                PublishedKeys.of(controlPlane.client()).verified(token).orElseThrow();

        assertThat(claims.getIssuer()).isEqualTo(controlPlane.issuer());
        assertThat(claims.getSubject()).isEqualTo("system:serviceaccount:payments:invoices");
        assertThat(claims.getAudience()).containsExactly("sts.amazonaws.com");
        assertThat(claims.getExpirationTime().toInstant())
                .isAfter(Instant.now())
                .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(86_400));
    }

    @Test
    void selfManagedClusterServesDiscoveryDocument() {
        PublishedKeys published = PublishedKeys.of(elsewhere.client());

        assertThat(published.issuer()).isEqualTo(OWN_ISSUER);
        assertThat(elsewhere.client().raw("/.well-known/openid-configuration"))
                .contains("\"jwks_uri\":\"" + OWN_ISSUER + "/openid/v1/jwks\"");
    }

    @Test
    void rejectsTokenSignedByAnotherKey() throws ParseException, JOSEException {
        SignedJWT genuine = SignedJWT.parse(token);
        SignedJWT forged = new SignedJWT(genuine.getHeader(), genuine.getJWTClaimsSet());
        forged.sign(new RSASSASigner(new RSAKeyGenerator(2048).generate()));

        assertThat(PublishedKeys.of(controlPlane.client()).verified(forged.serialize()))
                .isEmpty();
        assertThat(PublishedKeys.of(elsewhere.client()).verified(token)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> roleTrustsPod() {
        return role.trusts(List.of(bearer("the pod", controlPlane, token)));
    }

    @TestFactory
    Stream<DynamicTest> roleTrustsNoOtherCaller() {
        return role.rejects(List.of(
                bearer("another ServiceAccount", controlPlane, token(controlPlane, NAMESPACE, "default", STS)),
                bearer("another namespace", controlPlane, token(controlPlane, "elsewhere", ACCOUNT, STS)),
                bearer("another audience", controlPlane, token(controlPlane, NAMESPACE, ACCOUNT, "vault.example.com")),
                bearer("another cluster", elsewhere, token(elsewhere, NAMESPACE, ACCOUNT, STS))));
    }

    private static Bearer bearer(String name, ControlPlane issuer, String token) {
        JWTClaimsSet claims = PublishedKeys.of(issuer.client()).verified(token).orElseThrow();
        return new Bearer(
                name,
                claims.getIssuer(),
                claims.getSubject(),
                claims.getAudience().getFirst());
    }

    /** Requests a token, and creates the namespace and the ServiceAccount if they are missing. */
    private static String token(ControlPlane issuer, String namespace, String account, String audience) {
        Kubectl kubectl = new Kubectl(issuer.kubeconfig());
        kubectl.run("create", "namespace", namespace);
        kubectl.run("-n", namespace, "create", "serviceaccount", account);
        return kubectl.get("-n", namespace, "create", "token", account, "--audience=" + audience);
    }

    @TestFactory
    Stream<DynamicTest> roleAllowsToReadTheBucket() {
        return role.allows("s3:GetObject", "arn:aws:s3:::" + BUCKET + "/hello.txt");
    }

    @TestFactory
    Stream<DynamicTest> roleAllowsNothingElse() {
        return Stream.concat(
                role.denies("s3:GetObject", "arn:aws:s3:::" + BUCKET + "-2/hello.txt"),
                role.denies("s3:PutObject", "arn:aws:s3:::" + BUCKET + "/hello.txt"));
    }

    @Test
    void awsSdkInPodUsesRole(@TempDir Path mount) throws Exception {
        SampleContainer.Result ran = container.run(mount, SampleJob.environment(container.pod()));

        assertThat(ran.output())
                .contains("arn:aws:sts::" + AWS_ACCOUNT + ":assumed-role/" + ROLE + "/")
                .contains("hello from S3");
        assertThat(ran.exitCode()).isZero();
        assertThat(env.proxy().calls().count("sts:AssumeRoleWithWebIdentity")).isPositive();
    }

    @Test
    void podWithoutWebhookChangesHasNoCredentials(@TempDir Path mount) throws Exception {
        Map<String, String> environment = SampleJob.environment(container.pod());
        environment.remove("AWS_ROLE_ARN");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");

        SampleContainer.Result ran = container.run(mount, environment);

        assertThat(ran.output()).contains("Unable to load credentials");
        assertThat(ran.exitCode()).isNotZero();
    }
}
