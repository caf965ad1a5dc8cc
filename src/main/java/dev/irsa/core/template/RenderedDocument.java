package dev.irsa.core.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/**
 * Copies the document of a valid template with placeholders replaced. It replaces strings of a JSON tree, not parts of a JSON
 * text, so that no value can add a member or an element. Keys have no placeholders in a valid template.
 */
final class RenderedDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RenderedDocument() {}

    static ObjectNode of(ObjectNode document, Map<String, String> values) {
        ObjectNode copy = JSON.objectNode();
        document.properties().forEach(member -> copy.set(member.getKey(), node(member.getValue(), values)));
        return copy;
    }

    private static JsonNode node(JsonNode node, Map<String, String> values) {
        return switch (node) {
            case ObjectNode object -> of(object, values);
            case ArrayNode array -> {
                ArrayNode copy = JSON.arrayNode();
                array.forEach(element -> copy.add(node(element, values)));
                yield copy;
            }
            case TextNode text -> JSON.textNode(TemplateText.render(text.asText(), values));
            default -> node;
        };
    }
}
