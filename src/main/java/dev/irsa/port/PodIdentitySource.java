package dev.irsa.port;

import dev.irsa.core.delivery.PodIdentityAvailability;

/** Provides whether pods of the cluster can get credentials from EKS Pod Identity, as last observed. */
public interface PodIdentitySource {
    /**
     * Returns what was observed.
     *
     * @throws dev.irsa.core.failure.FailureException before the first observation, with the reason why there was none
     */
    PodIdentityAvailability current();

    /** Returns whether pods can get Pod Identity. While no resource asks for it, the answer is up to a day old. */
    boolean isAvailable();
}
