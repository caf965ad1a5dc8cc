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
        Optional<String> size = size(path, value.size(), "Properties", "entries");
        if (size.isPresent()) {
            return size;
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
        Optional<String> size = size(path, value.size(), "Items", "entries");
        if (size.isPresent()) {
            return size;
        }
        boolean unique = List.of("set", "map")
                .contains(node.path("x-kubernetes-list-type").asText());
        Set<Object> keys = new HashSet<>();
        for (int index = 0; index < value.size(); index++) {
            String place = path + "[" + index + "]";
            Optional<String> inside = new StructuralSchema(node.path("items")).violation(place, value.get(index));
            if (inside.isPresent()) {
                return inside;
            }
            if (unique && !keys.add(key(value.get(index)))) {
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
        return size(path, text.codePointCount(0, text.length()), "Length", "characters")
                .or(() -> pattern(path, value));
    }

    private Optional<String> pattern(String path, JsonNode value) {
        String pattern = node.path("pattern").asText();
        return Pattern.compile(pattern).matcher(value.asText()).find()
                ? Optional.empty()
                : expected(path, node.path("title").asText("text that matches " + pattern), value);
    }

    /**
     * Returns whether a size is outside of its limits.
     *
     * @param limit ends the names of the limits, such as {@code Items}
     */
    private Optional<String> size(String path, int size, String limit, String unit) {
        int least = node.path("min" + limit).asInt(0);
        int most = node.path("max" + limit).asInt(Integer.MAX_VALUE);
        if (size >= least && size <= most) {
            return Optional.empty();
        }
        String atLeast = most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
        return Optional.of(
                path + ": expected " + (least == 0 ? "at most " + most : atLeast) + " " + unit + ", found " + size);
    }

    private Optional<String> number(String path, JsonNode value) {
        double least = node.path("minimum").asDouble(Double.NEGATIVE_INFINITY);
        double most = node.path("maximum").asDouble(Double.POSITIVE_INFINITY);
        String range = most == Double.POSITIVE_INFINITY
                ? "of at least " + (long) least
                : "from " + (long) least + " to " + (long) most;
        return value.asDouble() >= least && value.asDouble() <= most
                ? Optional.empty()
                : expected(path, "a number " + range, value);
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

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
