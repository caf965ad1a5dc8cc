package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Reads a policy document as far as IAM could take it. The schema bounds neither how deep nor how large it is, and the
 * API server takes what fits into its store: 10,000 levels, or some hundred thousand keys. Of such a one nothing is kept,
 * so that it costs neither the stack nor the memory that serve all others.
 */
public final class BoundedDocument extends JsonDeserializer<ObjectNode> {
    /** More than enough: a policy that IAM takes has six. */
    static final int LEVELS = 64;

    /** More than enough: IAM takes 10,240, though it counts no white space. */
    static final int CHARACTERS = 128 * 1024;

    /** What a value costs beside its text. */
    private static final int VALUE = 8;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Stands for a document that is beyond all bounds, and is none that IAM would take. */
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

    /** One document; once too much has been read, the rest of it is skipped. */
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
