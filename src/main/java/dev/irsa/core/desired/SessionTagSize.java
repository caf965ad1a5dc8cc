package dev.irsa.core.desired;

import java.util.Optional;

/**
 * Estimates whether the session tags of EKS Pod Identity may be too large. AWS STS packs the tags of a session, and rejects a
 * session whose packed tags exceed a limit. It publishes neither the format nor the limit.
 *
 * <p>The estimate is from a report of 74 % for a session with usual names, where the six keys have 114 characters and the values
 * about 200.
 *
 * <p>Sources: "Grant Pods access to AWS resources based on tags" of the Amazon EKS user guide lists the tags.
 * aws/containers-roadmap#2413 has the measurement. The AWS STS API reference describes PackedPolicyTooLarge.
 */
public final class SessionTagSize {
    /** The length of the name of a pod of a Deployment or a Job is at most this. */
    public static final int USUAL_POD_NAME = 63;

    private static final int POD_UID = 36;
    private static final int MOST = 300;

    private SessionTagSize() {}

    /**
     * Returns a warning; empty if the tags are certainly small enough.
     *
     * @param clusterArn for example {@code arn:aws:eks:eu-west-1:111122223333:cluster/production}
     * @param podName the length of the name of the pod
     */
    public static Optional<String> warning(String clusterArn, String namespace, String serviceAccount, int podName) {
        int cluster = clusterArn.length() - clusterArn.lastIndexOf('/') - 1;
        int characters =
                clusterArn.length() + cluster + namespace.length() + serviceAccount.length() + podName + POD_UID;
        return characters <= MOST
                ? Optional.empty()
                : Optional.of("the session tags of EKS Pod Identity for ServiceAccount " + serviceAccount + " have "
                        + characters + " characters, and AWS may reject more than about " + MOST
                        + " with PackedPolicyTooLarge");
    }
}
