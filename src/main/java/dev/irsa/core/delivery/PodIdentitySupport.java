package dev.irsa.core.delivery;

/** Whether pods of the cluster can obtain credentials by EKS Pod Identity. */
public sealed interface PodIdentitySupport {
    /** Pods can obtain credentials, or this was not looked at. */
    record Available() implements PodIdentitySupport {}

    /**
     * Pods cannot obtain credentials.
     *
     * @param why what is missing, and the way out
     */
    record Unavailable(String why) implements PodIdentitySupport {}
}
