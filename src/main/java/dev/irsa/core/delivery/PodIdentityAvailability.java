package dev.irsa.core.delivery;

/**
 * Whether pods of this cluster can get credentials from EKS Pod Identity. {@code dev.irsa.kubernetes.PodIdentityDiscovery}
 * finds it out.
 */
public sealed interface PodIdentityAvailability {
    /** Of a role in another account. */
    PodIdentityAvailability IN_ANOTHER_ACCOUNT =
            new Unavailable("EKS Pod Identity requires a role in the AWS account of the cluster");

    /** The nodes run the EKS Pod Identity Agent, at least some of them. */
    record Available() implements PodIdentityAvailability {}

    /**
     * An association would leave pods without credentials, or the operator cannot find out.
     *
     * @param why what is missing, and what to do
     */
    record Unavailable(String why) implements PodIdentityAvailability {}
}
