package dev.irsa.kubernetes;

import dev.irsa.core.observed.ObservedPod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
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
            "AWS_ROLE_ARN",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_STS_REGIONAL_ENDPOINTS",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
            "AWS_PROFILE",
            "NO_PROXY",
            "no_proxy");

    /** Variables with a URL, which may contain a user name, a password, or a token in its query. */
    private static final Set<String> URLS =
            Set.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy");

    private static final Pattern USER_INFO = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)?.*@", Pattern.DOTALL);
    private static final Pattern QUERY = Pattern.compile("[?#].*$", Pattern.DOTALL);

    private ContainerView() {}

    static ObservedPod.Container of(Container container) {
        TreeMap<String, String> environment = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>();
        for (EnvVar variable : container.getEnv()) {
            names.add(variable.getName());
            visible(variable).ifPresent(value -> environment.put(variable.getName(), value));
        }
        return new ObservedPod.Container(
                container.getName(),
                environment,
                names,
                container.getEnvFrom().stream()
                        .map(ContainerView::source)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Optional<String> visible(EnvVar variable) {
        Optional<String> value = Optional.ofNullable(variable.getValue());
        if (URLS.contains(variable.getName())) {
            return value.map(ContainerView::withoutSecrets);
        }
        return value.filter(known -> PUBLIC.contains(variable.getName()));
    }

    private static String withoutSecrets(String url) {
        String address = QUERY.matcher(url).replaceFirst("");
        return USER_INFO.matcher(address).replaceFirst("$1");
    }

    private static Optional<String> source(EnvFromSource source) {
        if (source.getConfigMapRef() != null) {
            return Optional.of("configmap/" + source.getConfigMapRef().getName());
        }
        return Optional.ofNullable(source.getSecretRef()).map(secret -> "secret/" + secret.getName());
    }
}
