package dev.irsa.kubectl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.text.PlainText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A structural schema of Kubernetes, in OpenAPI v3. It checks values as the API server does, except for CEL rules.
 *
 * <p>Source: "Extend the Kubernetes API with CustomResourceDefinitions" of Kubernetes. A field whose value is null counts as
 * missing. A field that the schema does not have is refused, as by the strict field validation of kubectl.
 */
record StructuralSchema(JsonNode node) {
    /** The longest value that a message quotes. */
    private static final int LONGEST = 60;

    /**
     * Returns what is wrong with a value, with the path of the field; empty if it is valid.
     *
     * @param path of the value; empty for the whole object
     */
    Optional<String> violation(String path, JsonNode value) {
        String type = node.path("type").asText();
        if (!hasType(value, type)) {
            return expected(path, type(type), value);
        }
        return switch (type) {
            case "object" -> object(path, value);
            case "array" -> list(path, value);
            case "string" -> string(path, value);
            case "integer", "number" -> number(path, value);
            default -> Optional.empty();
        };
    }

    private static boolean hasType(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.canConvertToExactIntegral();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
    }

    private static Optional<String> expected(String path, String what, JsonNode value) {
        return Optional.of(path + ": expected " + what + ", found " + found(value));
    }

    private Optional<String> object(String path, JsonNode value) {
        if (value.size() > node.path("maxProperties").asInt(Integer.MAX_VALUE)) {
            return Optional.of(
                    path + ": expected at most " + node.path("maxProperties") + " entries, found " + value.size());
        }
        for (JsonNode required : node.path("required")) {
            String name = required.asText();
            if (value.path(name).isMissingNode() || value.path(name).isNull()) {
                return Optional.of(join(path, name) + ": expected "
                        + type(node.path("properties").path(name).path("type").asText())
                        + ", found nothing");
            }
        }
        return value.properties().stream()
                .flatMap(field -> field(path, field).stream())
                .findFirst();
    }

    private Optional<String> field(String path, Map.Entry<String, JsonNode> field) {
        String name = join(path, field.getKey());
        JsonNode known = node.path("properties").path(field.getKey());
        JsonNode schema = known.isMissingNode() ? node.path("additionalProperties") : known;
        if (schema.isObject()) {
            return field.getValue().isNull()
                    ? Optional.empty()
                    : new StructuralSchema(schema).violation(name, field.getValue());
        }
        return node.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                ? Optional.empty()
                : Optional.of("unknown field " + name + ": expected "
                        + anyOf(node.path("properties")
                                .propertyStream()
                                .map(Map.Entry::getKey)
                                .sorted()));
    }

    private Optional<String> list(String path, JsonNode value) {
        int least = node.path("minItems").asInt(0);
        int most = node.path("maxItems").asInt(Integer.MAX_VALUE);
        if (value.size() < least || value.size() > most) {
            return Optional.of(path + ": expected " + range(least, most) + " entries, found " + value.size());
        }
        Set<Object> keys = new HashSet<>();
        for (int index = 0; index < value.size(); index++) {
            String place = path + "[" + index + "]";
            Optional<String> inside = new StructuralSchema(node.path("items")).violation(place, value.get(index));
            if (inside.isPresent()) {
                return inside;
            }
            if (node.has("x-kubernetes-list-type") && !keys.add(key(value.get(index)))) {
                return Optional.of(place + ": expected no second entry like it, found " + found(value.get(index)));
            }
        }
        return Optional.empty();
    }

    private Object key(JsonNode entry) {
        List<JsonNode> parts = new ArrayList<>();
        node.path("x-kubernetes-list-map-keys").forEach(key -> parts.add(entry.path(key.asText())));
        return parts.isEmpty() ? entry : parts;
    }

    private Optional<String> string(String path, JsonNode value) {
        String text = value.asText();
        List<String> choices =
                node.path("enum").valueStream().map(JsonNode::asText).toList();
        if (!choices.isEmpty() && !choices.contains(text)) {
            return expected(path, anyOf(choices.stream()), value);
        }
        int length = text.codePointCount(0, text.length());
        int least = node.path("minLength").asInt(0);
        int most = node.path("maxLength").asInt(Integer.MAX_VALUE);
        if (length < least || length > most) {
            return Optional.of(path + ": expected " + range(least, most) + " characters, found " + length);
        }
        String pattern = node.path("pattern").asText();
        return Pattern.compile(pattern).matcher(text).find()
                ? Optional.empty()
                : expected(path, node.path("title").asText("text that matches " + pattern), value);
    }

    private Optional<String> number(String path, JsonNode value) {
        double least = node.path("minimum").asDouble(Double.NEGATIVE_INFINITY);
        double most = node.path("maximum").asDouble(Double.POSITIVE_INFINITY);
        return value.asDouble() >= least && value.asDouble() <= most
                ? Optional.empty()
                : expected(path, "a number " + range(least, most), value);
    }

    private static String join(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static String type(String type) {
        return switch (type) {
            case "object" -> "an object";
            case "array" -> "a list";
            case "integer" -> "an integer";
            case "boolean" -> "true or false";
            default -> "a " + type;
        };
    }

    private static String found(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> '"' + PlainText.line(cut(value.asText())) + '"';
            default -> value.asText();
        };
    }

    private static String anyOf(Stream<String> choices) {
        return choices.collect(Collectors.joining(" or "));
    }

    private static String range(int least, int most) {
        if (most == Integer.MAX_VALUE) {
            return "at least " + least;
        }
        return least == 0 ? "at most " + most : least + " to " + most;
    }

    private static String range(double least, double most) {
        if (most == Double.POSITIVE_INFINITY) {
            return "of at least " + (long) least;
        }
        return "from " + (long) least + " to " + (long) most;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
