package dev.irsa.kubectl.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Parses the documents of an issuer. Sources: OpenID Connect Discovery 1.0, section 3, and RFC 7517, section 5. */
final class JsonWebKeys {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonWebKeys() {}

    /** Returns the IDs of the keys; empty if the text is no set of keys. */
    static Optional<Set<String>> ids(String text) {
        return parse(text).filter(document -> document.path("keys").isArray()).map(document -> {
            Set<String> ids = new TreeSet<>();
            document.path("keys").forEach(key -> ids.add(key.path("kid").asText()));
            return ids;
        });
    }

    /** Returns a string of a discovery document; empty if it has none of that name. */
    static Optional<String> string(String text, String field) {
        return parse(text).flatMap(document -> JsonFields.text(document, field));
    }

    private static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
