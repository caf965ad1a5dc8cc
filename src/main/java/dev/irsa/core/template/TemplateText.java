package dev.irsa.core.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A string of a document, as parsed from JSON.
 *
 * @param path where it is in the document
 * @param text with placeholders
 * @param forbidden why it may not have placeholders, to be read after "placeholders are not allowed"; empty if it may
 */
record TemplateText(String path, String text, Optional<String> forbidden) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([A-Za-z][A-Za-z0-9]*)}}");

    /** Returns the placeholders in order. The first group of each is its name. */
    List<MatchResult> placeholders() {
        return PLACEHOLDER.matcher(text).results().toList();
    }

    List<String> names() {
        return placeholders().stream().map(placeholder -> placeholder.group(1)).toList();
    }

    /** Returns whether it contains the beginning or end of a placeholder. */
    boolean hasMark() {
        return hasMark(text);
    }

    /** Returns whether it contains the beginning or end of a placeholder that is not part of one. */
    boolean hasStrayMark() {
        return hasMark(PLACEHOLDER.matcher(text).replaceAll(" "));
    }

    private static boolean hasMark(String text) {
        return text.contains("{{") || text.contains("}}");
    }

    /** Replaces each placeholder by its value, once: a value is never searched for placeholders. */
    static String render(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(placeholder -> Matcher.quoteReplacement(values.get(placeholder.group(1))));
    }

    /**
     * Copies the document of a valid template with placeholders replaced. It replaces strings of a JSON tree, not parts of a JSON
     * text, so that no value can add a member or an element. Keys have no placeholders in a valid template.
     */
    static ObjectNode render(ObjectNode document, Map<String, String> values) {
        ObjectNode copy = JSON.objectNode();
        document.properties().forEach(member -> copy.set(member.getKey(), node(member.getValue(), values)));
        return copy;
    }

    private static JsonNode node(JsonNode node, Map<String, String> values) {
        return switch (node) {
            case ObjectNode object -> render(object, values);
            case ArrayNode array -> {
                ArrayNode copy = JSON.arrayNode();
                array.forEach(element -> copy.add(node(element, values)));
                yield copy;
            }
            case TextNode text -> JSON.textNode(render(text.asText(), values));
            default -> node;
        };
    }
}
