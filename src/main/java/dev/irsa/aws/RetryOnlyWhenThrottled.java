package dev.irsa.aws;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * For a call that the SDK is to try again only when AWS has refused it as one too many. One that got no answer may take
 * effect minutes later: who made it has to know of it, and the SDK would hide it behind the success of the next try.
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
