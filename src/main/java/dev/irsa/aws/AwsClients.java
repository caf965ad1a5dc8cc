package dev.irsa.aws;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients for AWS. Credentials and endpoints come from the SDK's own chain. Every call has a time-out, and the
 * adaptive retry strategy slows the client down to the pace that AWS allows.
 *
 * @param iam roles
 * @param sts who we are
 * @param eks the cluster's issuer; who asks closes it, as it is asked once, if at all
 * @param watchdog ends what takes too long
 */
public record AwsClients(IamClient iam, StsClient sts, Supplier<EksClient> eks, ScheduledExecutorService watchdog)
        implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ATTEMPT = Duration.ofSeconds(15);
    private static final Duration CALL = Duration.ofSeconds(40);

    /** Clients for a region. */
    public static AwsClients inRegion(Region region) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(ATTEMPT)
                .build();
        // Each client would have five threads of its own for it.
        ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("aws-watchdog").factory());
        return new AwsClients(
                configured(IamClient.builder(), region, watchdog)
                        .httpClient(http)
                        .build(),
                configured(StsClient.builder(), region, watchdog)
                        .httpClient(http)
                        .build(),
                () -> configured(EksClient.builder(), region, watchdog)
                        .httpClient(http)
                        .build(),
                watchdog);
    }

    private static <B extends AwsClientBuilder<B, ?>> B configured(
            B builder, Region region, ScheduledExecutorService watchdog) {
        return builder.region(region)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.adaptiveRetryStrategy())
                        .scheduledExecutorService(watchdog)
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL));
    }

    @Override
    public void close() {
        iam.close();
        sts.close();
        watchdog.shutdownNow();
    }
}
