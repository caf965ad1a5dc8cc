package dev.irsa.core.observed;

import java.util.Set;

/**
 * The names that the EKS pod identity webhook reads from a pod and writes to it.
 *
 * <p>Sources: pkg/handler/handler.go and the README of amazon-eks-pod-identity-webhook 0.6.17.
 */
public final class PodIdentityWebhook {
    /** The name of its MutatingWebhookConfiguration in EKS, in its own manifests, and in OpenShift. Charts use others. */
    public static final String CONFIGURATION = "pod-identity-webhook";

    /** The label by which a pod opts out. */
    public static final String SKIP_LABEL = "eks.amazonaws.com/skip-pod-identity-webhook";
    /** The annotation of a pod that lists the containers to leave unchanged. */
    public static final String SKIP_CONTAINERS = "eks.amazonaws.com/skip-containers";
    /** The label of the pods that get EKS Pod Identity; its value is {@code enabled}. */
    public static final String POD_IDENTITY_LABEL = "eks.amazonaws.com/pod-identity";
    /** The volume with the token for IRSA. */
    public static final String TOKEN_VOLUME = "aws-iam-token";

    /** The variable with the role of IRSA. */
    public static final String ROLE_ARN = "AWS_ROLE_ARN";
    /** The variable with the token of IRSA. */
    public static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
    /** The variable with the address of the EKS Pod Identity Agent. */
    public static final String CREDENTIALS_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    /** The variable with the token for the EKS Pod Identity Agent. */
    public static final String AUTHORIZATION_TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

    /** A container that sets one of these itself gets no IRSA. */
    public static final Set<String> IRSA_VARIABLES = Set.of(ROLE_ARN, TOKEN_FILE);

    private PodIdentityWebhook() {}
}
