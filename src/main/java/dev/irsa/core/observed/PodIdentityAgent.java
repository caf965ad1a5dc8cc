package dev.irsa.core.observed;

import java.util.Set;

/**
 * The names of the EKS Pod Identity Agent, which serves credentials to the pods of its node.
 *
 * <p>Sources: "How EKS Pod Identity works" and "Set up the Amazon EKS Pod Identity Agent" of the Amazon EKS user guide.
 */
public final class PodIdentityAgent {
    /** The namespace of its DaemonSet. */
    public static final String NAMESPACE = "kube-system";
    /** The name of its DaemonSet, and of its EKS add-on. */
    public static final String NAME = "eks-pod-identity-agent";

    /** Its address on every node. */
    public static final String IPV4 = "169.254.170.23";
    /** Its address on every node with IPv6. */
    public static final String IPV6 = "[fd00:ec2::23]";

    private static final Set<String> CREDENTIALS =
            Set.of("http://" + IPV4 + "/v1/credentials", "http://" + IPV6 + "/v1/credentials");

    private PodIdentityAgent() {}

    /** Returns whether the container takes its credentials from the agent. Another program may serve them elsewhere. */
    public static boolean serves(ObservedPod.Container container) {
        return CREDENTIALS.contains(container.environment().getOrDefault(PodIdentityWebhook.CREDENTIALS_URI, ""));
    }
}
