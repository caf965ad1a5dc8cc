package dev.irsa.core.delivery;

/**
 * Whether pods of this cluster can get credentials from EKS Pod Identity. {@code dev.irsa.kubernetes.PodIdentityDiscovery}
 * finds it out.
 */
public sealed interface PodIdentityAvailability {
    /** The nodes run the EKS Pod Identity Agent, at least some of them. */
    record Available() implements PodIdentityAvailability {}

    /**
     * An association would leave pods without credentials, or the operator cannot find out.
     *
     * @param why what is missing, and what to do
     */
    record Unavailable(String why) implements PodIdentityAvailability {}
}
