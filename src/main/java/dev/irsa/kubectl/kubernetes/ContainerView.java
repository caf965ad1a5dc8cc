package dev.irsa.kubectl.kubernetes;

import static dev.irsa.kubectl.kubernetes.JsonFields.elements;
import static dev.irsa.kubectl.kubernetes.JsonFields.requiredText;
import static dev.irsa.kubectl.kubernetes.JsonFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.PodIdentityWebhook;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Extracts from a container where its credentials come from. Values are kept only of variables that never hold a secret, because
 * whatever is kept may be printed.
 */
final class ContainerView {
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

    private ContainerView() {}

    static ObservedPod.Container of(JsonNode container) {
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
                        .map(ContainerView::source)
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
