package dev.irsa.kubectl.get;

import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.core.observed.ObservedPod.TokenVolume;
import dev.irsa.core.observed.PodIdentityAgent;
import dev.irsa.core.observed.PodIdentityWebhook;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the credentials of a pod with those that it would get now. A pod gets them when it is created, and keeps them
 * until it is deleted.
 */
final class PodCredentials {
    private PodCredentials() {}

    /** Returns whether another pod of the ServiceAccount that is created now would get other credentials. */
    static boolean isOld(ObservedPod pod, CredentialsPath now) {
        if (now.association().isPresent() && !pod.runsOnFargate()) {
            return !usesPodIdentity(pod) && isOpenToWebhook(pod, Set.of(PodIdentityWebhook.CREDENTIALS_URI));
        }
        if (usesPodIdentity(pod)) {
            return true;
        }
        Set<String> injected = injectedRoles(pod);
        return now.annotation()
                .map(arn -> injected.isEmpty()
                        ? isOpenToWebhook(pod, PodIdentityWebhook.IRSA_VARIABLES)
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
                .filter(pod -> !pod.runsOnFargate())
                .max(Comparator.comparing(ObservedPod::createdAt).thenComparing(ObservedPod::name))
                .filter(PodCredentials::usesPodIdentity)
                .isPresent();
    }

    private static boolean usesPodIdentity(ObservedPod pod) {
        return pod.containers().stream().anyMatch(PodIdentityAgent::serves);
    }

    /** A role without the volume of the webhook was set by the author of the pod. */
    private static Set<String> injectedRoles(ObservedPod pod) {
        return pod.token().filter(TokenVolume::injected).isEmpty()
                ? Set.of()
                : pod.containers().stream()
                        .flatMap(container ->
                                Optional.ofNullable(container.environment().get(PodIdentityWebhook.ROLE_ARN)).stream())
                        .collect(Collectors.toSet());
    }

    /** Returns whether the webhook would change the pod. It skips containers that set one of these variables themselves. */
    private static boolean isOpenToWebhook(ObservedPod pod, Set<String> variables) {
        return !pod.labels().containsKey(PodIdentityWebhook.SKIP_LABEL)
                && pod.containers().stream().anyMatch(container -> isOpenToWebhook(pod, container, variables));
    }

    private static boolean isOpenToWebhook(ObservedPod pod, Container container, Set<String> variables) {
        return !pod.skippedContainers().contains(container.name())
                && container.names().stream().noneMatch(variables::contains);
    }
}
