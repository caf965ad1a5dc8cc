package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.aws.ScriptedHttp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;

/** What counts as throttling is the same for the condition of a resource, the retry of a write, and the metric. */
class ThrottlingTest {
    private static final String DONE = "<TagRoleResponse/>";
    private static final Map<Refusal, Reaction> REACTIONS = new ConcurrentHashMap<>();

    /** A refusal of AWS. */
    record Refusal(String code, int status, boolean throttling) {}

    /** What the SDK made of a refusal. */
    record Reaction(boolean succeeded, int counted) {}

    static List<Refusal> refusals() {
        return List.of(
                new Refusal("Throttling", 400, true),
                new Refusal("ThrottlingException", 400, true),
                new Refusal("ThrottledException", 400, true),
                new Refusal("TooManyRequestsException", 400, true),
                new Refusal("TooManyRequests", 429, true),
                new Refusal("TooManyRequests", 400, false),
                new Refusal("RequestLimitExceeded", 503, true),
                new Refusal("RequestThrottled", 400, true),
                new Refusal("SlowDown", 503, true),
                new Refusal("Unlisted", 429, true),
                new Refusal("LimitExceeded", 429, true),
                new Refusal("LimitExceeded", 409, false),
                new Refusal("ServiceFailure", 500, false),
                new Refusal("AccessDenied", 403, false));
    }

    /** The SDK waits up to four seconds before a retry, so the calls of all tests wait at the same time. */
    @BeforeAll
    static void call() {
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            refusals().forEach(refusal -> calls.execute(() -> REACTIONS.put(refusal, reaction(refusal))));
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isTheSameForConditionRetryAndMetric(Refusal refusal) {
        Reaction reaction = Objects.requireNonNull(REACTIONS.get(refusal));

        assertThat(isReportedAsThrottling(refusal.code(), refusal.status()))
                .as("condition")
                .isEqualTo(refusal.throttling());
        assertThat(reaction.succeeded()).as("retry").isEqualTo(refusal.throttling());
        assertThat(reaction.counted()).as("metric").isEqualTo(refusal.throttling() ? 1 : 0);
    }

    private static Reaction reaction(Refusal refusal) {
        AtomicInteger counted = new AtomicInteger();
        ScriptedHttp http = new ScriptedHttp()
                .then(
                        refusal.status(),
                        "<ErrorResponse><Error><Code>" + refusal.code() + "</Code></Error></ErrorResponse>")
                .then(200, DONE);
        boolean succeeded = call(http, counted::incrementAndGet);
        return new Reaction(succeeded, counted.get());
    }

    private static boolean isReportedAsThrottling(String code, int status) {
        var thrown = IamException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
        return AwsExceptionTranslator.of("iam:TagRole", "role", (RuntimeException) thrown)
                .reason()
                .equals(Reason.Throttled);
    }

    /** Makes a write; returns whether it succeeded. */
    private static boolean call(ScriptedHttp http, Runnable throttled) {
        try (IamClient iam = IamClient.builder()
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .httpClient(http)
                .overrideConfiguration(settings -> settings.addMetricPublisher(new ThrottleCounter(throttled)))
                .build()) {
            iam.tagRole(request ->
                    request.roleName("a").overrideConfiguration(call -> call.addPlugin(new RetryOnlyWhenThrottled())));
            return true;
        } catch (IamException e) {
            return false;
        }
    }
}
