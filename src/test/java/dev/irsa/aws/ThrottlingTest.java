package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.aws.ScriptedHttp;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;

/** What counts as throttling is the same for the condition of a resource, the retry of a write, and the metric. */
class ThrottlingTest {
    private static final String DONE = "<TagRoleResponse/>";

    @ParameterizedTest
    @CsvSource({
        "Throttling, 400, true",
        "ThrottlingException, 400, true",
        "ThrottledException, 400, true",
        "TooManyRequestsException, 400, true",
        "TooManyRequests, 429, true",
        "TooManyRequests, 400, false",
        "RequestLimitExceeded, 503, true",
        "RequestThrottled, 400, true",
        "SlowDown, 503, true",
        "Unlisted, 429, true",
        "LimitExceeded, 429, true",
        "LimitExceeded, 409, false",
        "ServiceFailure, 500, false",
        "AccessDenied, 403, false"
    })
    void isTheSameForConditionRetryAndMetric(String code, int status, boolean throttling) {
        AtomicInteger counted = new AtomicInteger();
        ScriptedHttp http = new ScriptedHttp()
                .then(status, "<ErrorResponse><Error><Code>" + code + "</Code></Error></ErrorResponse>")
                .then(200, DONE);

        boolean succeeded = call(http, counted::incrementAndGet);

        assertThat(isReportedAsThrottling(code, status)).as("condition").isEqualTo(throttling);
        assertThat(succeeded).as("retry").isEqualTo(throttling);
        assertThat(counted.get()).as("metric").isEqualTo(throttling ? 1 : 0);
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
