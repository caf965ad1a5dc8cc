package dev.irsa.mock;

import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One request as it came in.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param path without the query
 * @param query its parameters
 * @param contentType empty when there is none
 * @param userAgent empty when there is none
 * @param body empty when there is none
 */
public record ApiRequest(
        String method, String path, Map<String, String> query, String contentType, String userAgent, String body) {
    static final String APPLY_PATCH = "application/apply-patch+yaml";

    /** Copies the parameters. */
    public ApiRequest {
        query = Map.copyOf(query);
    }

    static ApiRequest of(RecordedRequest request) {
        URI uri = URI.create(request.getPath());
        return new ApiRequest(
                request.getMethod(),
                uri.getPath(),
                parameters(uri),
                header(request, "Content-Type"),
                header(request, "User-Agent"),
                Optional.ofNullable(request.getUtf8Body()).orElse(""));
    }

    private static String header(RecordedRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name)).orElse("");
    }

    private static Map<String, String> parameters(URI uri) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    boolean flag(String name) {
        return parameter(name).equals("true") || parameter(name).equals("1");
    }

    boolean isWatch() {
        return method.equals("GET") && flag("watch");
    }

    /** Whether this is a server-side apply. */
    public boolean isApply() {
        return method.equals("PATCH") && contentType.startsWith(APPLY_PATCH);
    }

    /** Whether this may change an object. */
    public boolean isWrite() {
        return !method.equals("GET");
    }

    /** Who writes: as it says, or as its program is called. */
    String fieldManager() {
        return Optional.of(parameter("fieldManager"))
                .filter(Predicate.not(String::isEmpty))
                .orElseGet(() -> userAgent.split("/", 2)[0]);
    }
}
