package dev.irsa.port;

import dev.irsa.core.desired.ClusterIdentity;

/** Knows which cluster and which account this is, once both have said so. */
@FunctionalInterface
public interface ClusterIdentitySource {
    /**
     * Who we are.
     *
     * @throws dev.irsa.failure.FailureException as long as AWS has not said which account this is
     */
    ClusterIdentity current();
}
