package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/**
 * Reads a policy document up to a size that IAM could accept. The schema limits neither the depth nor the size of a
 * document. The API server accepts whatever fits into its store, such as 10,000 levels or a hundred thousand keys. The
 * operator keeps nothing of such a document, so that one resource cannot exhaust the shared stack or memory.
 */
public final class BoundedDocument extends JsonDeserializer<ObjectNode> {
    /** Maximum nesting depth. A policy that IAM accepts has six levels. */
    static final int LEVELS = 64;

    /** Maximum size of all documents of a resource. IAM accepts 10,240 characters, not counting white space. */
    static final int CHARACTERS = 128 * 1024;

    /** Fixed cost of a value, in characters, in addition to its text. In memory, an empty object needs about 90 bytes. */
    private static final int VALUE = 40;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Replaces a document that exceeds the limits. IAM would reject this replacement. */
    static final ObjectNode TOO_MUCH = JSON.objectNode().put("TooLarge", true);

    @Override
    public ObjectNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            return (ObjectNode) context.handleUnexpectedToken(ObjectNode.class, parser);
        }
        Reading reading = new Reading(parser);
        ObjectNode document = reading.object(1);
        return reading.left < 0 ? TOO_MUCH.deepCopy() : document;
    }

    /** Returns what a document counts towards the maximum. */
    static int size(JsonNode document) {
        int size = document.asText().length();
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            size += field.getKey().length();
        }
        for (JsonNode value : document) {
            size += VALUE + size(value);
        }
        return size;
    }

    /** Reads one document. Once a limit is exceeded, it skips the rest of the document. */
    private static final class Reading {
        private final JsonParser parser;
        private int left = CHARACTERS;

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        private boolean isOver(int level) {
            left = level > LEVELS ? -1 : left;
            return left < 0;
        }

        ObjectNode object(int level) throws IOException {
            ObjectNode object = JSON.objectNode();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                left -= key.length();
                parser.nextToken();
                JsonNode value = value(level + 1);
                if (left >= 0) {
                    object.set(key, value);
                }
            }
            return object;
        }

        private ArrayNode array(int level) throws IOException {
            ArrayNode array = JSON.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                JsonNode value = value(level + 1);
                if (left >= 0) {
                    array.add(value);
                }
            }
            return array;
        }

        private JsonNode value(int level) throws IOException {
            left -= VALUE;
            if (parser.currentToken().isStructStart()) {
                if (isOver(level)) {
                    parser.skipChildren();
                    return JSON.nullNode();
                }
                return parser.currentToken() == JsonToken.START_OBJECT ? object(level) : array(level);
            }
            left -= parser.getTextLength();
            return switch (parser.currentToken()) {
                case VALUE_TRUE -> JSON.booleanNode(true);
                case VALUE_FALSE -> JSON.booleanNode(false);
                case VALUE_NUMBER_INT -> JSON.numberNode(parser.getBigIntegerValue());
                case VALUE_NUMBER_FLOAT -> JSON.numberNode(parser.getDoubleValue());
                case VALUE_NULL -> JSON.nullNode();
                default -> JSON.textNode(parser.getText());
            };
        }
    }
}
