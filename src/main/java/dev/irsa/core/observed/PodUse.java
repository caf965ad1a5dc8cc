package dev.irsa.core.observed;

/**
 * How the pods of a ServiceAccount obtain credentials.
 *
 * @param mayUseIrsa the number of pods that may use IRSA: all but those to which EKS Pod Identity was injected
 * @param withPodIdentity the number of pods to which EKS Pod Identity was injected
 * @param onFargate whether one of them runs on Fargate, which has no EKS Pod Identity Agent
 */
public record PodUse(int mayUseIrsa, int withPodIdentity, boolean onFargate) {
    /** The ServiceAccount has no pods. */
    public static final PodUse NONE = new PodUse(0, 0, false);
}
