package dev.irsa.aws;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RootCause;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
 * The clients for AWS. Credentials and endpoints come from the SDK's default chain. Every call has a timeout. The
 * adaptive retry strategy slows the client down to the rate that AWS allows. EKS has its own, so that its throttling does
 * not slow down IAM.
 *
 * @param iam for roles and OIDC providers
 * @param sts for the operator's identity
 * @param eks for Pod Identity associations
 * @param region the region of the EKS API; empty if the configured region is a global one, which EKS does not have
 * @param watchdog cancels calls that exceed their timeout
 */
public record AwsClients(
        IamClient iam,
        StsClient sts,
        LazyClient<EksClient> eks,
        Optional<String> region,
        ScheduledExecutorService watchdog)
        implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ATTEMPT = Duration.ofSeconds(15);
    private static final Duration CALL = Duration.ofSeconds(40);

    /**
     * Creates clients for a region.
     *
     * @param throttled runs after each attempt that AWS throttled
     */
    public static AwsClients inRegion(Region region, Runnable throttled) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(ATTEMPT)
                .build();
        // Shared, because each client would otherwise start five threads of its own.
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
                new LazyClient<>(() -> eks(region, configuration, http)),
                Optional.of(region).filter(known -> !known.isGlobalRegion()).map(Region::id),
                watchdog);
    }

    private static EksClient eks(Region region, ClientOverrideConfiguration configuration, SdkHttpClient http) {
        try {
            return configured(
                            EksClient.builder(),
                            region,
                            configuration.toBuilder()
                                    .retryStrategy(AwsRetryStrategy.adaptiveRetryStrategy())
                                    .build())
                    .httpClient(http)
                    .build();
        } catch (RuntimeException e) {
            throw new FailureException(
                    new Failure.Passing(
                            Reason.AwsUnavailable,
                            "the AWS settings for EKS in the environment or in the AWS configuration file (for example"
                                    + " AWS_ENDPOINT_URL_EKS) are not valid; correct them and restart the operator: "
                                    + RootCause.of(e)),
                    e);
        }
    }

    private static <B extends AwsClientBuilder<B, ?>> B configured(
            B builder, Region region, ClientOverrideConfiguration configuration) {
        return builder.region(region).overrideConfiguration(configuration);
    }

    @Override
    public void close() {
        iam.close();
        sts.close();
        eks.ifUsed().ifPresent(EksClient::close);
        watchdog.shutdownNow();
    }
}
