package dev.irsa.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Writes a document in another way that IAM reads alike: each place in a way of its own, by dice. */
final class Respelling {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Random random;

    Respelling(long seed) {
        random = new Random(seed);
    }

    ObjectNode of(ObjectNode document) {
        ObjectNode other = members(document, (key, value) -> switch (key) {
            case "Statement" -> list(value, statement -> statement((ObjectNode) statement));
            default -> value;
        });
        if (!other.has("Version") && random.nextBoolean()) {
            other.put("Version", "2008-10-17");
        } else if (other.path("Version").asText().equals("2008-10-17") && random.nextBoolean()) {
            other.remove("Version");
        }
        return other;
    }

    private ObjectNode statement(ObjectNode statement) {
        return members(statement, (key, value) -> switch (key) {
            case "Action", "NotAction" -> list(value, this::otherCase);
            case "Resource", "NotResource" -> list(value, UnaryOperator.identity());
            case "Principal" -> principal(value);
            case "Condition" ->
                members(
                        (ObjectNode) value,
                        (operator, keys) -> members((ObjectNode) keys, (name, values) -> list(values, this::bare)));
            default -> value;
        });
    }

    private JsonNode principal(JsonNode principal) {
        if (principal.isTextual()) {
            boolean everybody = principal.asText().equals("*") && random.nextBoolean();
            return everybody ? JSON.objectNode().set("AWS", principal) : principal;
        }
        return members(
                (ObjectNode) principal,
                (kind, who) -> list(who, kind.equals("AWS") ? this::account : UnaryOperator.identity()));
    }

    /** An account as its number or as the ARN of its root. */
    private JsonNode account(JsonNode principal) {
        String text = principal.asText();
        if (text.matches("[0-9]{12}") && random.nextBoolean()) {
            return JSON.textNode("arn:aws:iam::" + text + ":root");
        }
        return text.endsWith(":root") && random.nextBoolean() ? JSON.textNode(text.split(":", -1)[4]) : principal;
    }

    private JsonNode otherCase(JsonNode action) {
        String text = action.asText();
        return JSON.textNode(random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT));
    }

    /** A number or a truth value without its quotes. */
    private JsonNode bare(JsonNode value) {
        if (!random.nextBoolean()) {
            return value;
        }
        return switch (value.asText()) {
            case "true" -> JSON.booleanNode(true);
            case "7" -> JSON.numberNode(7);
            default -> value;
        };
    }

    /** In another order, perhaps with one element twice; a single one perhaps bare. */
    private JsonNode list(JsonNode list, UnaryOperator<JsonNode> spelling) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(element -> elements.add(spelling.apply(element)));
        if (elements.size() == 1 && random.nextBoolean()) {
            return elements.getFirst();
        }
        if (random.nextInt(4) == 0) {
            elements.add(elements.getFirst());
        }
        Collections.shuffle(elements, random);
        ArrayNode array = JSON.arrayNode();
        return array.addAll(elements);
    }

    private ObjectNode members(ObjectNode object, Spelling spelling) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
        Collections.shuffle(members, random);
        ObjectNode other = JSON.objectNode();
        members.forEach(member -> other.set(member.getKey(), spelling.of(member.getKey(), member.getValue())));
        return other;
    }

    /** How the value of a member is written. */
    private interface Spelling {
        JsonNode of(String key, JsonNode value);
    }
}
