package dev.irsa.kubectl.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** Reads the discovery document of an issuer. Source: OpenID Connect Discovery 1.0, section 3. */
final class DiscoveryFields {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DiscoveryFields() {}

    /** Returns a string of the document; empty if it has none of that name. */
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
