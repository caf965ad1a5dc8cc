package dev.irsa.kubectl.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads resources as JSON trees. Preparing to parse the client's own type of a pod takes longer than a command's
 * requests, and a command uses few of its fields.
 */
record JsonReads(KubernetesClient client) {
    private static final String CORE = "/api/v1";
    private static final int PAGE_SIZE = 500;

    /**
     * Returns one core resource; empty when it does not exist.
     *
     * @param plural the name of the type in URLs, such as {@code pods}
     */
    Optional<JsonNode> get(String plural, String namespace, String name) {
        return read(path(CORE, plural, Optional.of(namespace)) + "/" + encode(name));
    }

    /**
     * Returns the resources of a namespace, or of all namespaces if none is given. They are read page by page, each converted
     * before the next page is read.
     */
    <T> List<T> list(String plural, Optional<String> namespace, Function<JsonNode, T> convert) {
        return list(CORE, plural, namespace, convert);
    }

    /**
     * Does the same for resources of any API; without that API there are none.
     *
     * @param api the path of its version, such as {@code /apis/irsa.dev/v1beta1}
     */
    <T> List<T> list(String api, String plural, Optional<String> namespace, Function<JsonNode, T> convert) {
        String firstPage = path(api, plural, namespace) + "?limit=" + PAGE_SIZE;
        List<T> items = new ArrayList<>();
        Optional<String> page = Optional.of(firstPage);
        while (page.isPresent()) {
            Optional<JsonNode> list = read(page.get());
            list.ifPresent(found -> found.path("items").forEach(item -> items.add(convert.apply(item))));
            page = list.flatMap(found -> JsonFields.text(found.path("metadata"), "continue"))
                    .filter(continuation -> !continuation.isEmpty())
                    .map(continuation -> firstPage + "&continue=" + encode(continuation));
        }
        return List.copyOf(items);
    }

    private Optional<JsonNode> read(String path) {
        return Optional.ofNullable(client.raw(path))
                .map(json -> client.getKubernetesSerialization().unmarshal(json, JsonNode.class));
    }

    private static String path(String api, String plural, Optional<String> namespace) {
        return api + namespace.map(name -> "/namespaces/" + encode(name)).orElse("") + "/" + plural;
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8);
    }
}
