package dev.irsa.core.ownership;

import java.util.regex.Pattern;

/**
 * The keys of the tags by which EKS Pod Identity describes the pod of a session. A role without EKS Pod Identity could imitate
 * them with tags of its own, because a policy reads both as {@code aws:PrincipalTag}.
 *
 * <p>Source: "Grant Pods access to AWS resources based on tags" of the Amazon EKS user guide.
 */
public final class SessionTags {
    /** The reserved beginnings, as a message names them. */
    public static final String PREFIXES = "kubernetes- and eks-cluster-";

    /** Keys compare regardless of case, also for letters outside ASCII that fold into it. */
    private static final Pattern RESERVED = Pattern.compile("(?iu)(?:kubernetes-|eks-cluster-).*");

    private SessionTags() {}

    /** Returns whether a tag with this key would imitate a tag of EKS Pod Identity. */
    public static boolean isReserved(String key) {
        return RESERVED.matcher(key).matches();
    }
}
