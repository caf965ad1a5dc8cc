package dev.irsa.kubectl.get;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.core.observed.ObservedPod.TokenVolume;
import dev.irsa.core.observed.PodIdentityAgent;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.kubectl.get.Inventory.Association;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How pods that start now obtain credentials.
 *
 * @param annotation the role that the annotation of the ServiceAccount names; empty if it has none
 * @param association the Pod Identity association; empty if there is none
 */
public record CredentialsPath(Optional<String> annotation, Optional<Association> association) {
    /** Returns whether there are credentials at all. */
    boolean isPresent() {
        return annotation.isPresent() || association.isPresent();
    }

    Set<Delivery> deliveries() {
        EnumSet<Delivery> kinds = EnumSet.noneOf(Delivery.class);
        annotation.ifPresent(arn -> kinds.add(Delivery.IRSA));
        association.ifPresent(known -> kinds.add(Delivery.PodIdentity));
        return kinds;
    }

    /** Returns the role of new pods. An association takes precedence over the annotation. */
    Optional<String> roleArn() {
        return association.isPresent() ? association.get().roleArn() : annotation;
    }

    /**
     * Returns whether a pod has other credentials than one that starts now would get. A pod gets them when it is created, and keeps
     * them until it is deleted.
     */
    boolean outdates(ObservedPod pod) {
        if (association.isPresent() && !pod.runsOnFargate()) {
            return !usesPodIdentity(pod) && isOpenToWebhook(pod, Set.of(PodIdentityWebhook.CREDENTIALS_URI));
        }
        if (usesPodIdentity(pod)) {
            return true;
        }
        Set<String> injected = injectedRoles(pod);
        return annotation
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
                .filter(CredentialsPath::usesPodIdentity)
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
