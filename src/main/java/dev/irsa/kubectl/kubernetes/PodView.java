package dev.irsa.kubectl.kubernetes;

import static dev.irsa.kubectl.kubernetes.JsonFields.elements;
import static dev.irsa.kubectl.kubernetes.JsonFields.flag;
import static dev.irsa.kubectl.kubernetes.JsonFields.number;
import static dev.irsa.kubectl.kubernetes.JsonFields.requiredText;
import static dev.irsa.kubectl.kubernetes.JsonFields.text;
import static dev.irsa.kubectl.kubernetes.JsonFields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.FileAccess;
import dev.irsa.core.observed.ObservedPod.TokenVolume;
import dev.irsa.core.observed.PodIdentityWebhook;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Extracts from a pod what decides about its AWS credentials.
 */
final class PodView {
    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    private PodView() {}

    static ObservedPod of(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        JsonNode spec = pod.path("spec");
        List<JsonNode> containers = Stream.concat(elements(spec, "containers"), elements(spec, "initContainers"))
                .toList();
        return new ObservedPod(
                requiredText(metadata, "namespace"),
                requiredText(metadata, "name"),
                text(spec, "serviceAccountName").orElse("default"),
                text(spec, "nodeName"),
                Instant.parse(requiredText(metadata, "creationTimestamp")),
                isActive(pod),
                flag(spec, "hostNetwork").orElse(false),
                texts(metadata, "labels"),
                skipped(texts(metadata, "annotations")),
                token(elements(spec, "volumes").toList(), containers),
                fileAccess(spec.path("securityContext"), containers),
                containers.stream().map(ContainerView::of).toList());
    }

    private static boolean isActive(JsonNode pod) {
        return text(pod.path("metadata"), "deletionTimestamp").isEmpty()
                && text(pod.path("status"), "phase").filter(FINISHED::contains).isEmpty();
    }

    private static SortedSet<String> skipped(Map<String, String> annotations) {
        return Arrays.stream(annotations
                        .getOrDefault(PodIdentityWebhook.SKIP_CONTAINERS, "")
                        .split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the volume of the webhook, or else the one that holds the file that a container names as its token. */
    private static Optional<TokenVolume> token(List<JsonNode> volumes, List<JsonNode> containers) {
        return volumes.stream()
                .filter(PodView::isInjected)
                .findFirst()
                .or(() -> volumes.stream()
                        .filter(volume -> containers.stream().anyMatch(container -> readsTokenFrom(container, volume)))
                        .findFirst())
                .flatMap(PodView::token);
    }

    private static boolean isInjected(JsonNode volume) {
        return requiredText(volume, "name").equals(PodIdentityWebhook.TOKEN_VOLUME);
    }

    private static Optional<TokenVolume> token(JsonNode volume) {
        return elements(volume.path("projected"), "sources")
                .map(source -> source.path("serviceAccountToken"))
                .filter(JsonNode::isObject)
                .map(token -> new TokenVolume(text(token, "audience").orElse(""), isInjected(volume)))
                .findFirst();
    }

    private static boolean readsTokenFrom(JsonNode container, JsonNode volume) {
        return elements(container, "env")
                .filter(variable -> requiredText(variable, "name").equals(PodIdentityWebhook.TOKEN_FILE))
                .flatMap(variable -> text(variable, "value").stream())
                .anyMatch(file -> elements(container, "volumeMounts")
                        .filter(mount -> requiredText(mount, "name").equals(requiredText(volume, "name")))
                        .anyMatch(mount -> file.startsWith(requiredText(mount, "mountPath"))));
    }

    private static FileAccess fileAccess(JsonNode defaults, List<JsonNode> containers) {
        boolean nonRoot =
                containers.stream().anyMatch(container -> isNonRoot(defaults, container.path("securityContext")));
        return new FileAccess(nonRoot, number(defaults, "fsGroup").isPresent());
    }

    /** The setting of a container takes the place of the pod's. A user of an image is not visible. */
    private static boolean isNonRoot(JsonNode pod, JsonNode container) {
        Optional<Long> user = number(container, "runAsUser").or(() -> number(pod, "runAsUser"));
        Optional<Boolean> nonRoot = flag(container, "runAsNonRoot").or(() -> flag(pod, "runAsNonRoot"));
        return user.map(id -> id != 0).orElse(nonRoot.orElse(false));
    }
}
