package dev.irsa.issuer;

import dev.irsa.core.failure.RootCause;
import dev.irsa.runtime.StartFailure;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;

/** Creates the client for S3. Credentials and endpoint come from the SDK's default chain. */
final class BucketClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ATTEMPT = Duration.ofSeconds(10);
    private static final Duration CALL = Duration.ofSeconds(25);

    private BucketClient() {}

    /** Returns the region that a client would have; empty if it would have none. */
    static Optional<Region> regionOrDefault(Optional<String> region) {
        try {
            return Optional.of(region.map(Region::of).orElseGet(new DefaultAwsRegionProviderChain()::getRegion));
        } catch (SdkClientException e) {
            return Optional.empty();
        }
    }

    /**
     * Creates a client.
     *
     * @param region empty: the one that the AWS SDK finds
     */
    static S3Client in(Optional<String> region) throws StartFailure {
        region.ifPresent(name -> System.setProperty(SdkSystemSetting.AWS_REGION.property(), name));
        try {
            return S3Client.builder()
                    .region(new DefaultAwsRegionProviderChain().getRegion())
                    .httpClient(UrlConnectionHttpClient.builder()
                            .connectionTimeout(CONNECT)
                            .socketTimeout(ATTEMPT)
                            .build())
                    .overrideConfiguration(configuration ->
                            configuration.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL))
                    // Stores other than AWS have no host names for buckets.
                    .forcePathStyle(
                            System.getenv("AWS_ENDPOINT_URL_S3") != null || System.getenv("AWS_ENDPOINT_URL") != null)
                    .build();
        } catch (SdkClientException e) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "no AWS region is configured; set --region or the environment variable AWS_REGION: "
                            + RootCause.of(e));
        } catch (RuntimeException e) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "the AWS settings in the environment (for example AWS_ENDPOINT_URL_S3) are not valid: "
                            + RootCause.of(e) + "; correct them");
        }
    }
}
