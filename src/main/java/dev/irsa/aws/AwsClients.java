package dev.irsa.aws;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RootCause;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.EksClientBuilder;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.IamClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/**
 * The clients for AWS. Credentials and endpoints come from the SDK's default chain. Every call has a timeout. The
 * operator's adaptive retry strategy slows the client down to the rate that AWS allows. Calls that grant access have one of their
 * own, see {@link RetryOnlyWhenThrottled}. So does EKS, so that its throttling does not slow down IAM.
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
    private static final int ATTEMPTS_FOR_USER = 2;

    /**
     * How long and how often the clients try.
     *
     * @param connect the timeout of a connection
     * @param attempt the timeout of an attempt
     * @param call the timeout of a call with its retries
     * @param retries returns the retry strategy of one service
     */
    private record Patience(Duration connect, Duration attempt, Duration call, Supplier<RetryStrategy> retries) {}

    private static final Patience OF_OPERATOR = new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(40),
            AwsRetryStrategy::adaptiveRetryStrategy);

    private static final Patience OF_USER = new Patience(
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(8),
            () -> AwsRetryStrategy.standardRetryStrategy().toBuilder()
                    .maxAttempts(ATTEMPTS_FOR_USER)
                    .build());

    /**
     * Creates clients for a region.
     *
     * @param throttled runs after each attempt that AWS throttled
     */
    public static AwsClients inRegion(Region region, Runnable throttled) {
        return create(region, Optional.empty(), throttled, OF_OPERATOR);
    }

    /**
     * Creates clients of the operator for another account in the same region.
     *
     * @param credentials of that account
     * @param throttled runs after each attempt that AWS throttled
     */
    public AwsClients with(AwsCredentialsProvider credentials, Runnable throttled) {
        Region same = iam.serviceClientConfiguration().region();
        return create(same, Optional.of(credentials), throttled, OF_OPERATOR);
    }

    /** Creates clients for a command that a user waits for. They retry once, and their calls fail within seconds. */
    public static AwsClients failFast(Region region) {
        return failFast(region, Optional.empty());
    }

    /**
     * Does the same.
     *
     * @param credentials empty: those of the default chain
     */
    public static AwsClients failFast(Region region, Optional<AwsCredentialsProvider> credentials) {
        return create(region, credentials, () -> {}, OF_USER);
    }

    /** Loads what the clients of a user need, without a call to AWS. */
    public static void load() {
        failFast(Region.US_EAST_1).close();
    }

    private static AwsClients create(
            Region region, Optional<AwsCredentialsProvider> credentials, Runnable throttled, Patience patience) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(patience.connect())
                .socketTimeout(patience.attempt())
                .build();
        // Shared, because each client would otherwise start five threads of its own.
        ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("aws-watchdog").factory());
        ClientOverrideConfiguration configuration = ClientOverrideConfiguration.builder()
                .retryStrategy(patience.retries().get())
                .scheduledExecutorService(watchdog)
                .apiCallAttemptTimeout(patience.attempt())
                .apiCallTimeout(patience.call())
                .addMetricPublisher(new ThrottleCounter(throttled))
                .build();
        IamClientBuilder iam = configured(
                        IamClient.builder(),
                        region,
                        configuration.toBuilder()
                                .addExecutionInterceptor(new ResponseValidator())
                                .build())
                .httpClient(http);
        StsClientBuilder sts =
                configured(StsClient.builder(), region, configuration).httpClient(http);
        credentials.ifPresent(known -> {
            iam.credentialsProvider(known);
            sts.credentialsProvider(known);
        });
        return new AwsClients(
                iam.build(),
                sts.build(),
                new LazyClient<>(() -> eks(
                        region,
                        credentials,
                        configuration.toBuilder()
                                .retryStrategy(patience.retries().get())
                                .build(),
                        http)),
                Optional.of(region).filter(known -> !known.isGlobalRegion()).map(Region::id),
                watchdog);
    }

    private static EksClient eks(
            Region region,
            Optional<AwsCredentialsProvider> credentials,
            ClientOverrideConfiguration configuration,
            SdkHttpClient http) {
        try {
            EksClientBuilder eks =
                    configured(EksClient.builder(), region, configuration).httpClient(http);
            credentials.ifPresent(eks::credentialsProvider);
            return eks.build();
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
