package dev.irsa.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.sts.StsClient;

/** Through the SDK for Java, since what it makes of an answer is what counts. */
class FaultProxyTest {
    private TinyIam backend;
    private FaultProxy proxy;
    private IamClient iam;

    @BeforeEach
    void start() throws IOException {
        backend = new TinyIam();
        proxy = FaultProxy.before(backend.uri());
        iam = through(proxy, IamClient.builder());
    }

    @AfterEach
    void stop() {
        iam.close();
        proxy.close();
        backend.close();
    }

    @Test
    void passesCallsOnAndKeepsThemInOrder() {
        create("a");
        attach("a");
        get("a");

        assertThat(backend.roles).containsExactly("a");
        assertThat(proxy.calls().names()).containsExactly("iam:CreateRole", "iam:AttachRolePolicy", "iam:GetRole");
        assertThat(proxy.calls().actionsOn("a")).containsExactly("CreateRole", "AttachRolePolicy", "GetRole");
        assertThat(proxy.calls().count("iam:GetRole")).isOne();
        assertThat(proxy.calls().all().get(1).parameters()).containsEntry("PolicyArn", "arn:aws:iam::aws:policy/A");
        assertThat(proxy.calls().peakInFlight()).isOne();
    }

    @Test
    void tellsTheServicesApart() {
        try (var eks = through(proxy, EksClient.builder());
                var sts = through(proxy, StsClient.builder())) {
            eks.describeCluster(cluster -> cluster.name("c"));
            assertThatThrownBy(sts::getCallerIdentity).isInstanceOf(AwsServiceException.class);
        }

        assertThat(proxy.calls().names()).containsExactly("eks:DescribeCluster", "sts:GetCallerIdentity");
    }

    @Test
    void throttlesInEachServicesOwnWay() {
        proxy.faults().throttle("*");

        assertThat(failure(() -> get("a")).isThrottlingException()).isTrue();
        try (var eks = through(proxy, EksClient.builder())) {
            var failure = failure(() -> eks.describeCluster(cluster -> cluster.name("c")));
            assertThat(failure.isThrottlingException()).isTrue();
            assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("TooManyRequestsException");
        }
    }

    @Test
    void deniesOneActionInTheWordsOfIam() {
        create("a");
        proxy.faults().deny("iam:AttachRolePolicy");

        var failure = failure(() -> attach("a"));

        assertThat(failure.statusCode()).isEqualTo(403);
        assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(failure.awsErrorDetails().errorMessage())
                .endsWith("is not authorized to perform: iam:AttachRolePolicy on resource: role a"
                        + " because no identity-based policy allows the iam:AttachRolePolicy action");
        get("a");
    }

    @Test
    void deniesWithTheReasonGiven() {
        proxy.faults().on("iam:CreateRole").deny("with an explicit deny in a service control policy");

        assertThat(failure(() -> create("a")).awsErrorDetails().errorMessage())
                .contains("role/a with an explicit deny in a service control policy");
    }

    @Test
    void failsWithAnyCode() {
        proxy.faults().on("iam:CreateRole").fail(409, "LimitExceeded", "Cannot exceed quota for RolesPerAccount: 1000");

        assertThat(failure(() -> create("a")).awsErrorDetails().errorCode()).isEqualTo("LimitExceeded");
    }

    @Test
    void answersNonsense() {
        proxy.faults().on("iam:GetRole").nonsense();

        assertThatThrownBy(() -> get("a")).isInstanceOf(SdkClientException.class);
    }

    @Test
    void isUnavailableWithoutSayingWhy() {
        proxy.faults().on("iam:GetRole").unavailable();

        var failure = failure(() -> get("a"));

        assertThat(failure.statusCode()).isEqualTo(503);
        assertThat(failure.awsErrorDetails().errorCode()).isNull();
    }

    @Test
    void cutsTheConnectionBeforeAwsKnows() {
        proxy.faults().on("iam:CreateRole").cut();

        assertThatThrownBy(() -> create("a")).isInstanceOf(SdkClientException.class);

        assertThat(backend.roles).isEmpty();
    }

    @Test
    void losesTheAnswerToWhatIsDone() {
        proxy.faults().on("iam:CreateRole").loseAnswer();

        assertThatThrownBy(() -> create("a")).isInstanceOf(SdkClientException.class);

        assertThat(backend.roles).containsExactly("a");
    }

    @Test
    void hitsOnlySoManyCallsOfOneRole() {
        create("a");
        create("b");
        proxy.faults().on("iam:Get*").ofRole("a").times(2).throttle();

        get("b");
        assertThat(failure(() -> get("a")).isThrottlingException()).isTrue();
        assertThat(failure(() -> get("a")).isThrottlingException()).isTrue();
        get("a");
    }

    @Test
    void delaysAnswers() {
        proxy.faults().on("*").delay(Duration.ofMillis(150));
        var began = Instant.now();

        create("a");

        assertThat(Duration.between(began, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void holdsCallsUntilTheyAreReleasedAndCountsThePeak() {
        var hold = proxy.faults().on("iam:CreateRole").hold();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var held = List.of("a", "b", "c").stream()
                    .map(role -> CompletableFuture.runAsync(() -> create(role), callers))
                    .toList();
            await().until(() -> hold.held() == 3);
            assertThat(backend.roles).isEmpty();
            assertThat(proxy.calls().inFlight()).isEqualTo(3);

            hold.release();

            held.forEach(CompletableFuture::join);
        }
        assertThat(backend.roles).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(proxy.calls().peakInFlight()).isEqualTo(3);
        await().until(() -> proxy.calls().inFlight() == 0);
    }

    @Test
    void deniesWritesToRolesThatAreNotThere() {
        proxy.faults().denyWritesToAbsentRoles();

        assertThat(failure(() -> attach("a")).awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThatThrownBy(() -> get("a")).isInstanceOf(NoSuchEntityException.class);
        create("a");
        attach("a");
        assertThat(proxy.calls().count("iam:GetRole"))
                .as("the proxy's own is not counted")
                .isOne();
    }

    @Test
    void forgetsFreshRolesForSomeCalls() {
        create("old");
        proxy.faults().forgetFreshRoles(2);
        create("a");

        get("old");
        assertThatThrownBy(() -> get("a")).isInstanceOf(NoSuchEntityException.class);
        assertThatThrownBy(() -> attach("a")).isInstanceOf(NoSuchEntityException.class);
        get("a");
    }

    @Test
    void deniesFreshRolesForSomeCalls() {
        proxy.faults().denyFreshRoles(1);
        create("a");

        assertThat(failure(() -> attach("a")).statusCode()).isEqualTo(403);
        attach("a");
    }

    @Test
    void worksAgainWhenCleared() {
        proxy.faults().deny("*");
        var hold = proxy.faults().on("*").hold();

        proxy.clear();

        create("a");
        assertThat(hold.held()).isZero();
        assertThat(proxy.calls().names()).containsExactly("iam:CreateRole");
    }

    private void create(String role) {
        iam.createRole(request -> request.roleName(role).assumeRolePolicyDocument("{}"));
    }

    private void attach(String role) {
        iam.attachRolePolicy(request -> request.roleName(role).policyArn("arn:aws:iam::aws:policy/A"));
    }

    private void get(String role) {
        assertThat(iam.getRole(request -> request.roleName(role)).role().roleName())
                .isEqualTo(role);
    }

    private static AwsServiceException failure(ThrowingCallable call) {
        return catchThrowableOfType(AwsServiceException.class, call);
    }

    private static <B extends AwsClientBuilder<B, C>, C> C through(FaultProxy proxy, B builder) {
        return builder.endpointOverride(proxy.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }
}
