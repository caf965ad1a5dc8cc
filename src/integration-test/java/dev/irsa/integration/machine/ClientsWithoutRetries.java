package dev.irsa.integration.machine;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;

/** Configures SDK clients without retries, so that each call is visible. */
final class ClientsWithoutRetries {
    private ClientsWithoutRetries() {}

    static <B extends AwsClientBuilder<B, C>, C> C through(FaultProxy proxy, B builder) {
        return builder.endpointOverride(proxy.uri())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }
}
