package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.failure.Reason;
import dev.irsa.machine.FaultProxy;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;

class ThrottledOnceTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private final FaultProxy proxy = FaultProxy.before(NOBODY);
    private final IamClient iam = IamClient.builder()
            .endpointOverride(proxy.uri())
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .overrideConfiguration(
                    settings -> settings.retryStrategy(new ThrottledOnce(AwsRetryStrategy.standardRetryStrategy())))
            .build();

    ThrottledOnceTest() throws IOException {}

    @AfterEach
    void stop() {
        iam.close();
        proxy.close();
    }

    @Test
    void aCallTooManyIsForTheGate() {
        proxy.faults().on("iam:*").throttle();

        AwsServiceException refusal = failure();

        assertThat(proxy.calls().all()).hasSize(1);
        assertThat(AwsFailures.of("iam:GetRole", "a", refusal).reason()).isEqualTo(Reason.Throttled);
    }

    @Test
    void otherTroubleIsForTheSdk() {
        proxy.faults().on("iam:*").unavailable();

        failure();

        assertThat(proxy.calls().all()).hasSize(3);
    }

    /** The SDK allows a hundred retries beyond those that succeed, all callers together. */
    @Test
    void noMeasureOfThrottlingTakesTheRetriesFromOtherTrouble() {
        proxy.faults().on("iam:*").throttle();
        for (int call = 0; call < 200; call++) {
            failure();
        }
        proxy.clear();
        proxy.faults().on("iam:*").unavailable();

        failure();

        assertThat(proxy.calls().all()).hasSize(3);
    }

    private AwsServiceException failure() {
        return catchThrowableOfType(AwsServiceException.class, () -> iam.getRole(request -> request.roleName("a")));
    }
}
