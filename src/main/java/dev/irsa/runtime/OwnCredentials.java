package dev.irsa.runtime;

import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The credentials that the AWS SDK finds for the user. A program that it starts for them may ask for a code. Therefore only one client
 * asks at a time, and the others get the same answer, also if it is that there are none.
 */
public final class OwnCredentials implements AwsCredentialsProvider {
    private Optional<AwsCredentialsProvider> chain = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    @Override
    public synchronized AwsCredentials resolveCredentials() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            AwsCredentialsProvider known =
                    chain.orElseGet(() -> DefaultCredentialsProvider.builder().build());
            chain = Optional.of(known);
            return known.resolveCredentials();
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    /** Resolves them before a call, whose timeout is too short for a user. The call fails if they cannot be resolved. */
    void prepare() {
        try {
            AwsCredentials _ = resolveCredentials();
        } catch (RuntimeException _) {
            // The call reports it.
        }
    }
}
