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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Extracts from a pod what decides about its AWS credentials. Values are kept only of variables that never hold a secret, because
 * whatever is kept may be printed.
 */
final class PodView {
    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    private static final Set<String> PUBLIC = Set.of(
            PodIdentityWebhook.ROLE_ARN,
            PodIdentityWebhook.TOKEN_FILE,
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_STS_REGIONAL_ENDPOINTS",
            PodIdentityWebhook.AUTHORIZATION_TOKEN_FILE,
            "AWS_PROFILE",
            "NO_PROXY",
            "no_proxy");

    /** Variables with a URL, which may contain a user name, a password, or a token in its query. */
    private static final Set<String> URLS =
            Set.of(PodIdentityWebhook.CREDENTIALS_URI, "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy");

    private static final Pattern USER_INFO = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)?.*@", Pattern.DOTALL);
    private static final Pattern QUERY = Pattern.compile("[?#].*$", Pattern.DOTALL);

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
                containers.stream().map(PodView::container).toList());
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

    private static ObservedPod.Container container(JsonNode container) {
        TreeMap<String, String> environment = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>();
        elements(container, "env").forEach(variable -> {
            String name = requiredText(variable, "name");
            names.add(name);
            text(variable, "value")
                    .flatMap(value -> visible(name, value))
                    .ifPresent(value -> environment.put(name, value));
        });
        return new ObservedPod.Container(
                requiredText(container, "name"),
                environment,
                names,
                elements(container, "envFrom")
                        .map(PodView::source)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Optional<String> visible(String name, String value) {
        if (URLS.contains(name)) {
            return Optional.of(withoutSecrets(value));
        }
        return Optional.of(value).filter(known -> PUBLIC.contains(name));
    }

    private static String withoutSecrets(String url) {
        String address = QUERY.matcher(url).replaceFirst("");
        return USER_INFO.matcher(address).replaceFirst("$1");
    }

    private static Optional<String> source(JsonNode source) {
        return text(source.path("configMapRef"), "name")
                .map(name -> "configmap/" + name)
                .or(() -> text(source.path("secretRef"), "name").map(name -> "secret/" + name));
    }
}
