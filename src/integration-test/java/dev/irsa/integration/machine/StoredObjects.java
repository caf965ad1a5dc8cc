package dev.irsa.integration.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Custom resources as etcd has them. The API server shows each object in the version that a client asks for.
 *
 * @param etcd the address of etcd, which serves its API as JSON too
 */
public record StoredObjects(URI etcd) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the API version in which each object of an API group is stored, by resource and name. */
    public Map<String, String> versions(String group) {
        var prefix = "/registry/" + group + "/";
        // The first key after the prefix: 0 follows the slash.
        var end = "/registry/" + group + "0";
        var versions = new TreeMap<String, String>();
        for (var stored : range("{\"key\": \"%s\", \"range_end\": \"%s\"}".formatted(encoded(prefix), encoded(end)))) {
            versions.put(
                    decoded(stored.path("key").asText()).substring(prefix.length()),
                    parsed(decoded(stored.path("value").asText()))
                            .path("apiVersion")
                            .asText());
        }
        return versions;
    }

    private JsonNode range(String request) {
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(
                    HttpRequest.newBuilder(etcd.resolve("/v3/kv/range"))
                            .POST(BodyPublishers.ofString(request))
                            .build(),
                    BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("etcd responds with " + response.statusCode() + " " + response.body());
            }
            return parsed(response.body()).path("kvs");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read etcd", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it read etcd", e);
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + json, e);
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
