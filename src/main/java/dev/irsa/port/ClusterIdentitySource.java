package dev.irsa.port;

import dev.irsa.core.desired.ClusterIdentity;

/** Provides the identity of the cluster and the AWS account once both are known. */
@FunctionalInterface
public interface ClusterIdentitySource {
    /**
     * Returns the identity.
     *
     * @throws dev.irsa.core.failure.FailureException as long as the AWS account is unknown
     */
    ClusterIdentity current();
}
