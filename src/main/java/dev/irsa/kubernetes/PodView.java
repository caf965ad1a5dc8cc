package dev.irsa.kubernetes;

import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.FileAccess;
import dev.irsa.core.observed.ObservedPod.TokenVolume;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Extracts from a pod what decides about its AWS credentials.
 *
 * <p>Source of the names: pkg/handler/handler.go of amazon-eks-pod-identity-webhook 0.6.17.
 */
final class PodView {
    private static final String SKIP_CONTAINERS = "eks.amazonaws.com/skip-containers";
    private static final String INJECTED_VOLUME = "aws-iam-token";
    private static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    private PodView() {}

    static ObservedPod of(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        PodSpec spec = pod.getSpec();
        List<Container> containers = Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
                .toList();
        return new ObservedPod(
                metadata.getNamespace(),
                metadata.getName(),
                Objects.requireNonNullElse(spec.getServiceAccountName(), "default"),
                Optional.ofNullable(spec.getNodeName()),
                Instant.parse(metadata.getCreationTimestamp()),
                isActive(pod),
                Boolean.TRUE.equals(spec.getHostNetwork()),
                new TreeMap<>(Objects.requireNonNullElse(metadata.getLabels(), Map.of())),
                skipped(Objects.requireNonNullElse(metadata.getAnnotations(), Map.of())),
                token(spec.getVolumes(), containers),
                fileAccess(spec.getSecurityContext(), containers),
                containers.stream().map(ContainerView::of).toList());
    }

    private static boolean isActive(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return pod.getMetadata().getDeletionTimestamp() == null && (phase == null || !FINISHED.contains(phase));
    }

    private static SortedSet<String> skipped(Map<String, String> annotations) {
        return Arrays.stream(annotations.getOrDefault(SKIP_CONTAINERS, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the volume of the webhook, or else the one that holds the file that a container names as its token. */
    private static Optional<TokenVolume> token(List<Volume> volumes, List<Container> containers) {
        return volumes.stream()
                .filter(volume -> volume.getName().equals(INJECTED_VOLUME))
                .findFirst()
                .or(() -> volumes.stream()
                        .filter(volume -> containers.stream().anyMatch(container -> readsTokenFrom(container, volume)))
                        .findFirst())
                .flatMap(PodView::token);
    }

    private static Optional<TokenVolume> token(Volume volume) {
        if (volume.getProjected() == null) {
            return Optional.empty();
        }
        return volume.getProjected().getSources().stream()
                .map(VolumeProjection::getServiceAccountToken)
                .filter(Objects::nonNull)
                .map(ServiceAccountTokenProjection::getAudience)
                .map(audience -> new TokenVolume(
                        Objects.requireNonNullElse(audience, ""),
                        volume.getName().equals(INJECTED_VOLUME)))
                .findFirst();
    }

    private static boolean readsTokenFrom(Container container, Volume volume) {
        return container.getEnv().stream()
                .filter(variable -> variable.getName().equals(TOKEN_FILE) && variable.getValue() != null)
                .anyMatch(variable -> container.getVolumeMounts().stream()
                        .filter(mount -> mount.getName().equals(volume.getName()))
                        .anyMatch(mount -> variable.getValue().startsWith(mount.getMountPath())));
    }

    private static FileAccess fileAccess(@Nullable PodSecurityContext pod, List<Container> containers) {
        Optional<PodSecurityContext> defaults = Optional.ofNullable(pod);
        boolean nonRoot = containers.stream()
                .anyMatch(container -> isNonRoot(defaults, Optional.ofNullable(container.getSecurityContext())));
        return new FileAccess(
                nonRoot, defaults.map(PodSecurityContext::getFsGroup).isPresent());
    }

    /** The setting of a container takes the place of the pod's. A user of an image is not visible. */
    private static boolean isNonRoot(Optional<PodSecurityContext> pod, Optional<SecurityContext> container) {
        Optional<Long> user =
                container.map(SecurityContext::getRunAsUser).or(() -> pod.map(PodSecurityContext::getRunAsUser));
        Optional<Boolean> nonRoot =
                container.map(SecurityContext::getRunAsNonRoot).or(() -> pod.map(PodSecurityContext::getRunAsNonRoot));
        return user.map(id -> id != 0).orElse(nonRoot.orElse(false));
    }
}
