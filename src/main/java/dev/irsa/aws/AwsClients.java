package dev.irsa.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients for AWS. Credentials and endpoints come from the SDK's own chain. Every call has a time-out. What AWS
 * refuses as one call too many is tried again by the SDK, except for IAM, whose calls pass a {@link PacedGate}.
 *
 * @param iam roles
 * @param sts who we are
 * @param eks the cluster's issuer
 */
public record AwsClients(IamClient iam, StsClient sts, EksClient eks) implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ATTEMPT = Duration.ofSeconds(15);
    private static final Duration CALL = Duration.ofSeconds(40);

    /** Clients for a region. */
    public static AwsClients inRegion(Region region) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(ATTEMPT)
                .build();
        return new AwsClients(
                configured(IamClient.builder(), region, new ThrottledOnce(AwsRetryStrategy.standardRetryStrategy()))
                        .httpClient(http)
                        .build(),
                configured(StsClient.builder(), region, AwsRetryStrategy.adaptiveRetryStrategy())
                        .httpClient(http)
                        .build(),
                configured(EksClient.builder(), region, AwsRetryStrategy.adaptiveRetryStrategy())
                        .httpClient(http)
                        .build());
    }

    private static <B extends AwsClientBuilder<B, ?>> B configured(B builder, Region region, RetryStrategy retries) {
        return builder.region(region)
                .overrideConfiguration(override -> override.retryStrategy(retries)
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL));
    }

    @Override
    public void close() {
        iam.close();
        sts.close();
        eks.close();
    }
}
