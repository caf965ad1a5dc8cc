package dev.irsa.aws;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
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

    /**
     * Clients for a region.
     *
     * @param throttled is told of each try that AWS refused as one too many
     */
    public static AwsClients inRegion(Region region, Runnable throttled) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(ATTEMPT)
                .build();
        // Each client would have five threads of its own for it.
        ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("aws-watchdog").factory());
        ClientOverrideConfiguration configuration = ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.adaptiveRetryStrategy())
                .scheduledExecutorService(watchdog)
                .apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .addMetricPublisher(new ThrottleCounter(throttled))
                .build();
        return new AwsClients(
                configured(
                                IamClient.builder(),
                                region,
                                configuration.toBuilder()
                                        .addExecutionInterceptor(new ResponseValidator())
                                        .build())
                        .httpClient(http)
                        .build(),
                configured(StsClient.builder(), region, configuration)
                        .httpClient(http)
                        .build(),
                () -> configured(EksClient.builder(), region, configuration)
                        .httpClient(http)
                        .build(),
                watchdog);
    }

    private static <B extends AwsClientBuilder<B, ?>> B configured(
            B builder, Region region, ClientOverrideConfiguration configuration) {
        return builder.region(region).overrideConfiguration(configuration);
    }

    @Override
    public void close() {
        iam.close();
        sts.close();
        watchdog.shutdownNow();
    }
}
