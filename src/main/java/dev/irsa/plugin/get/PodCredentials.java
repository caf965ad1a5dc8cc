package dev.irsa.plugin.get;

import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.core.observed.ObservedPod.TokenVolume;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the credentials of a pod with those that it would get now. A pod gets them when it is created, and keeps them
 * until it is deleted.
 *
 * <p>Source of the names: pkg/handler/handler.go of amazon-eks-pod-identity-webhook 0.6.17.
 */
final class PodCredentials {
    private static final String ROLE_ARN = "AWS_ROLE_ARN";
    private static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
    private static final String CREDENTIALS_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private static final String SKIP_WEBHOOK = "eks.amazonaws.com/skip-pod-identity-webhook";
    private static final String FARGATE_PROFILE = "eks.amazonaws.com/fargate-profile";
    /** The addresses of the EKS Pod Identity agent. */
    private static final List<String> AGENT = List.of("http://169.254.170.23", "http://[fd00:ec2::23]");

    private PodCredentials() {}

    /** Returns whether another pod of the ServiceAccount that is created now would get other credentials. */
    static boolean isOld(ObservedPod pod, CredentialsPath now) {
        if (now.association().isPresent() && canUsePodIdentity(pod)) {
            return !usesPodIdentity(pod) && isOpenToWebhook(pod, Set.of(CREDENTIALS_URI));
        }
        if (usesPodIdentity(pod)) {
            return true;
        }
        Set<String> injected = injectedRoles(pod);
        return now.annotation()
                .map(arn -> injected.isEmpty()
                        ? isOpenToWebhook(pod, Set.of(ROLE_ARN, TOKEN_FILE))
                        : !injected.contains(arn))
                .orElse(!injected.isEmpty());
    }

    /**
     * Returns whether the newest pod got its credentials from EKS Pod Identity, which shows that there is an association.
     *
     * @param pods the active pods of one ServiceAccount
     */
    static boolean showAssociation(List<ObservedPod> pods) {
        return pods.stream()
                .filter(PodCredentials::canUsePodIdentity)
                .max(Comparator.comparing(ObservedPod::createdAt).thenComparing(ObservedPod::name))
                .filter(PodCredentials::usesPodIdentity)
                .isPresent();
    }

    private static boolean usesPodIdentity(ObservedPod pod) {
        return pod.containers().stream()
                .map(container -> container.environment().getOrDefault(CREDENTIALS_URI, ""))
                .anyMatch(uri -> AGENT.stream().anyMatch(uri::startsWith));
    }

    /** The agent does not run on Fargate. */
    private static boolean canUsePodIdentity(ObservedPod pod) {
        return !pod.labels().containsKey(FARGATE_PROFILE);
    }

    /** A role without the volume of the webhook was set by the author of the pod. */
    private static Set<String> injectedRoles(ObservedPod pod) {
        return pod.token().filter(TokenVolume::injected).isEmpty()
                ? Set.of()
                : pod.containers().stream()
                        .flatMap(container ->
                                Optional.ofNullable(container.environment().get(ROLE_ARN)).stream())
                        .collect(Collectors.toSet());
    }

    /** Returns whether the webhook would change the pod. It skips containers that set one of these variables themselves. */
    private static boolean isOpenToWebhook(ObservedPod pod, Set<String> variables) {
        return !pod.labels().containsKey(SKIP_WEBHOOK)
                && pod.containers().stream().anyMatch(container -> isOpenToWebhook(pod, container, variables));
    }

    private static boolean isOpenToWebhook(ObservedPod pod, Container container, Set<String> variables) {
        return !pod.skippedContainers().contains(container.name())
                && container.names().stream().noneMatch(variables::contains);
    }
}
