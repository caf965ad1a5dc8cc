package dev.irsa.kubectl.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the fields of an object that may have none of them. */
final class JsonFields {
    private JsonFields() {}

    static Optional<String> text(JsonNode object, String field) {
        return Optional.of(object.path(field)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** Returns a field that every such object has; empty text if it has not. */
    static String requiredText(JsonNode object, String field) {
        return text(object, field).orElse("");
    }

    static Optional<Boolean> flag(JsonNode object, String field) {
        return Optional.of(object.path(field)).filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
    }

    static Optional<Long> number(JsonNode object, String field) {
        return Optional.of(object.path(field))
                .filter(JsonNode::isIntegralNumber)
                .map(JsonNode::longValue);
    }

    static Stream<JsonNode> elements(JsonNode object, String field) {
        return StreamSupport.stream(object.path(field).spliterator(), false);
    }

    /** Returns a map of texts, such as labels. */
    static SortedMap<String, String> texts(JsonNode object, String field) {
        TreeMap<String, String> texts = new TreeMap<>();
        object.path(field)
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
