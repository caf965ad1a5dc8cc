package dev.irsa.integration.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.issuer.PublisherPolicy;
import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.ApiServer;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ControlPlaneSettings;
import dev.irsa.integration.machine.HttpsProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Ministack;
import dev.irsa.integration.machine.Shell;
import dev.irsa.integration.machine.TcpProxy;
import dev.irsa.integration.machine.Tool;
import dev.irsa.integration.pod.AwsToken;
import dev.irsa.integration.pod.PublishedKeys;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Plays a rotation with real API servers: at no time is a token of a ServiceAccount without its published key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishIssuerIT {
    private static final String HOST = "tokens.s3.us-east-1.amazonaws.com";
    private static final String BUCKET = "tokens";
    private static final String ISSUER = "https://" + HOST + "/production";
    private static final String DISCOVERY = "production/.well-known/openid-configuration";
    private static final String KEYS = "production/openid/v1/jwks";
    private static final Duration RETENTION = Duration.ofSeconds(8);

    @TempDir
    private static Path folder;

    private final List<AutoCloseable> running = new ArrayList<>();
    private ControlPlane controlPlane;
    private Ministack aws;
    private TcpProxy s3;
    private HttpsProxy https;
    private S3Client bucket;

    @BeforeAll
    void start() throws Exception {
        controlPlane = started(ControlPlane.start(ControlPlaneSettings.likeEks().withIssuer(ISSUER)));
        aws = started(Ministack.start());
        s3 = started(TcpProxy.before(aws.endpoint()));
        https = started(HttpsProxy.toOnly(HOST, aws.endpoint(), folder));
        bucket = started(S3Client.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build());
        bucket.createBucket(request -> request.bucket(BUCKET));
        bucket.putBucketPolicy(request -> request.bucket(BUCKET).policy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                 "Resource": "arn:aws:s3:::tokens/*"}]}"""));
    }

    private <T extends AutoCloseable> T started(T one) {
        running.addFirst(one);
        return one;
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
    }

    private OperatorLaunch launch() {
        return OperatorLaunch.of("unused", controlPlane.kubeconfig(), s3.uri())
                .withEnvironment("AWS_REGION", "us-east-1")
                .withEnvironment("JAVA_TOOL_OPTIONS", https.jvmOptions());
    }

    private OperatorProcess publish(OperatorLaunch launch, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "s3://" + BUCKET + "/production",
                "--retention=" + RETENTION.toSeconds() + "s",
                "--log-format=text",
                "--poll-interval=200ms",
                "--verify-interval=1s"));
        arguments.addAll(List.of(more));
        return started(launch.startPublishIssuer(arguments.toArray(String[]::new)));
    }

    private static String token(KubernetesClient client) {
        return AwsToken.of(client, "default", "default");
    }

    private boolean isVerified(String token) {
        return PublishedKeys.of(ISSUER, document(KEYS)).verified(token).isPresent();
    }

    private String document(String key) {
        return bucket.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                .asUtf8String();
    }

    private static void await(OperatorProcess publisher, String log) {
        Awaitility.await(log)
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(publisher.log()).contains(log));
    }

    @Test
    void keepsEveryTokenVerifiableThroughRotation() throws Exception {
        String first = token(controlPlane.client());
        OperatorProcess publisher = publish(launch(), "--api-server=" + controlPlane.server());
        publisher.awaitReady();
        assertThat(isVerified(first)).isTrue();
        publisher.close();

        // The bucket is down when the second API server starts, which has another key and does not know the first one.
        s3.refuse();
        ApiServer second =
                started(controlPlane.startAnother(Files.createDirectories(folder.resolve("second")), ISSUER));
        String other = token(second.client());
        publisher = publish(launch(), "--api-server=" + controlPlane.server(), "--api-server=" + second.address());
        await(publisher, "may be stale: ");
        assertThat(publisher.status("/readyz")).isEqualTo(503);
        assertThat(isVerified(first)).isTrue();
        s3.restore();
        publisher.awaitReady();
        assertThat(isVerified(first)).isTrue();
        assertThat(isVerified(other)).isTrue();

        // An API server that does not respond may still have its key.
        controlPlane.stopApiServer();
        await(publisher, "from the API server " + controlPlane.server());
        publisher.sigkill();
        assertThat(isVerified(first)).isTrue();

        // The rotation is complete: no API server has the first key any more.
        publisher = publish(launch().withKubeconfig(second.kubeconfig()));
        publisher.awaitReady();
        assertThat(isVerified(first)).isTrue();
        assertThat(publisher.page("/metrics"))
                .contains("irsa_issuer_keys{state=\"current\"} 1.0", "irsa_issuer_keys{state=\"retained\"} 1.0");
        Awaitility.await("the first key is removed")
                .atMost(RETENTION.multipliedBy(4))
                .until(() -> !isVerified(first));
        assertThat(isVerified(other)).isTrue();
        controlPlane.startApiServer();
    }

    @Test
    void refusesCredentialsOfItsOwnIssuer() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), token(controlPlane.client()));
        OperatorProcess refused = publish(launch().withoutEnvironment("AWS_ACCESS_KEY_ID")
                .withEnvironment("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString()));

        assertThat(refused.awaitExit()).isEqualTo(2);
        assertThat(refused.log()).contains("come from the issuer that it publishes", "IAM Roles Anywhere");
    }

    @Test
    void publishesNewIssuerWhileApiServerAnnouncesOldOne() throws Exception {
        String moved = "https://" + HOST + "/moved";
        OperatorProcess publisher =
                started(launch().startPublishIssuer("s3://" + BUCKET + "/moved", "--oidc-issuer=" + moved));
        publisher.awaitReady();

        assertThat(document("moved/.well-known/openid-configuration")).contains("\"issuer\":\"" + moved + "\"");
        assertThat(PublishedKeys.of(moved, document("moved/openid/v1/jwks")).verified(token(controlPlane.client())))
                .isPresent();
        publisher.close();
    }

    @Test
    void worksAsTheGuideInstallsIt() throws Exception {
        Kubectl kubectl = new Kubectl(controlPlane.kubeconfig());
        Path shellFolder = Files.createDirectories(folder.resolve("shell"));
        Files.writeString(
                shellFolder.resolve("publisher-policy.json"),
                PublisherPolicy.of("aws", "example-oidc", "").text());
        Shell shell = Shell.in(shellFolder, controlPlane.kubeconfig()).withAws(aws);
        GuideRun.of(PublishIssuerIT.class, shell, guide -> {
            guide.run("aws s3api create-bucket");
            guide.run("kubectl create namespace irsa-operator");
        });
        Map<String, String> credentials = controlPlane
                .client()
                .secrets()
                .inNamespace("irsa-operator")
                .withName("issuer-credentials")
                .get()
                .getData();
        assertThat(credentials).containsOnlyKeys("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
        assertThat(credentials.values()).noneMatch(String::isEmpty);
        kubectl.apply(Tool.HELM
                        .run(
                                "",
                                "template",
                                "irsa-operator",
                                "deploy/charts/irsa-operator",
                                "--namespace=irsa-operator",
                                "--show-only=templates/issuer.yaml",
                                "--set=clusterName=production,image.repository=example.com/irsa-operator",
                                "--set=issuer.publish.enabled=true,issuer.publish.bucket=s3://tokens/production")
                        .orThrow()
                        .stdout())
                .orThrow();
        OperatorProcess publisher = publish(
                launch().withKubeconfig(
                                controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator-issuer")),
                "--own-deployment=irsa-operator/irsa-operator-issuer");
        publisher.awaitReady();
        Awaitility.await("event")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(kubectl.get("get", "events", "--namespace=irsa-operator"))
                        .contains("IssuerUpToDate", "deployment/irsa-operator-issuer"));
        publisher.close();
        assertThat(publisher.log()).doesNotContain("forbidden", "WARN");
    }

    @Test
    void showsWhatAwsReads() throws Exception {
        publish(launch()).awaitReady();

        assertThat(document(DISCOVERY))
                .contains("\"issuer\":\"" + ISSUER + "\"", "\"jwks_uri\":\"" + ISSUER + "/openid/v1/jwks\"");
        assertThat(bucket.headObject(request -> request.bucket(BUCKET).key(KEYS))
                        .cacheControl())
                .isEqualTo("max-age=60");
    }
}
