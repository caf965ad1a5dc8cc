package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Label and field selectors, as far as the client's informers use them: equality, sets, presence. */
final class Selector {
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)");
    private static final Pattern COMMA_OUTSIDE_SETS = Pattern.compile(",(?![^(]*\\))");

    private Selector() {}

    static Predicate<JsonNode> of(ApiRequest request) {
        Predicate<JsonNode> labels = terms(request.parameter("labelSelector"))
                .map(term -> label(term.trim()))
                .reduce(object -> true, Predicate::and);
        return terms(request.parameter("fieldSelector")).map(Selector::field).reduce(labels, Predicate::and);
    }

    private static Stream<String> terms(String selector) {
        return COMMA_OUTSIDE_SETS.splitAsStream(selector).filter(Predicate.not(String::isBlank));
    }

    private static Predicate<JsonNode> label(String term) {
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            List<String> values =
                    Arrays.stream(set.group(3).split(",")).map(String::trim).toList();
            boolean in = set.group(2).equals("in");
            return object -> values.contains(labelOf(object, set.group(1)).asText()) == in;
        }
        if (term.contains("!=")) {
            String[] parts = term.split("!=", 2);
            return object -> !labelOf(object, parts[0]).asText().equals(parts[1]);
        }
        if (term.contains("=")) {
            String[] parts = term.split("==?", 2);
            return object -> labelOf(object, parts[0]).asText("\0").equals(parts[1]);
        }
        return term.startsWith("!")
                ? object -> labelOf(object, term.substring(1)).isMissingNode()
                : object -> !labelOf(object, term).isMissingNode();
    }

    private static JsonNode labelOf(JsonNode object, String name) {
        return object.path("metadata").path("labels").path(name.trim());
    }

    private static Predicate<JsonNode> field(String term) {
        boolean differs = term.contains("!=");
        String[] parts = term.split("!=|==?", 2);
        String pointer = "/" + parts[0].replace('.', '/');
        return object -> object.at(pointer).asText().equals(parts[1]) != differs;
    }
}
