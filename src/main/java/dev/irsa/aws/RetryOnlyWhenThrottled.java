package dev.irsa.aws;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * Configures a call so that the SDK retries it only when AWS throttled it. A call without a response may take effect
 * minutes later. The caller has to know about it, and a successful retry by the SDK would hide it.
 */
final class RetryOnlyWhenThrottled implements SdkPlugin {
    private final RetryStrategy throttled = DefaultRetryStrategy.adaptiveStrategyBuilder()
            .retryOnException(RetryOnlyWhenThrottled::isThrottling)
            .treatAsThrottling(RetryOnlyWhenThrottled::isThrottling)
            .build();

    @Override
    public void configureClient(SdkServiceClientConfiguration.Builder client) {
        client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                .retryStrategy(throttled)
                .build());
    }

    private static boolean isThrottling(Throwable thrown) {
        return thrown instanceof AwsServiceException refusal && refusal.isThrottlingException();
    }
}
