package dev.irsa.kubectl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.text.PlainText;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words what a schema expects, and what was found instead. */
final class SchemaText {
    private static final int LONGEST = 60;

    private SchemaText() {}

    static String join(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    static String type(String type) {
        return switch (type) {
            case "object" -> "an object";
            case "array" -> "a list";
            case "integer" -> "an integer";
            case "boolean" -> "true or false";
            default -> "a " + type;
        };
    }

    static String found(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> '"' + PlainText.line(cut(value.asText())) + '"';
            default -> value.asText();
        };
    }

    static String anyOf(Stream<String> choices) {
        return choices.collect(Collectors.joining(" or "));
    }

    static String range(int least, int most) {
        if (most == Integer.MAX_VALUE) {
            return "at least " + least;
        }
        return least == 0 ? "at most " + most : least + " to " + most;
    }

    static String range(double least, double most) {
        if (most == Double.POSITIVE_INFINITY) {
            return "of at least " + (long) least;
        }
        return "from " + (long) least + " to " + (long) most;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
