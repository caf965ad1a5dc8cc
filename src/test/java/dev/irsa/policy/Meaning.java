package dev.irsa.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a document means, worked out a second time in the plainest way: nested sets and maps. */
final class Meaning {
    private Meaning() {}

    static Object of(JsonNode document) {
        Set<Object> statements = new HashSet<>();
        document.path("Statement").forEach(statement -> statements.add(statement(statement)));
        return Map.of("Version", document.path("Version").asText("2008-10-17"), "Statement", statements);
    }

    private static Object statement(JsonNode statement) {
        Map<String, Object> meaning = new HashMap<>();
        statement.properties().forEach(part -> {
            JsonNode value = part.getValue();
            meaning.put(
                    part.getKey(),
                    switch (part.getKey()) {
                        case "Action", "NotAction" -> texts(value, text -> text.toLowerCase(Locale.ROOT));
                        case "Resource", "NotResource" -> texts(value, UnaryOperator.identity());
                        case "Principal" -> value.isTextual() ? Map.of("AWS", Set.of("*")) : principals(value);
                        case "Condition" -> conditions(value);
                        default -> value.asText();
                    });
        });
        return meaning;
    }

    private static Map<String, Object> principals(JsonNode principals) {
        Map<String, Object> meaning = new HashMap<>();
        principals
                .properties()
                .forEach(kind -> meaning.put(
                        kind.getKey(),
                        texts(
                                kind.getValue(),
                                who -> who.matches("[0-9]{12}") ? "arn:aws:iam::" + who + ":root" : who)));
        return meaning;
    }

    private static Map<String, Object> conditions(JsonNode operators) {
        Map<String, Object> meaning = new HashMap<>();
        operators
                .properties()
                .forEach(operator -> operator.getValue()
                        .properties()
                        .forEach(key -> meaning.put(
                                operator.getKey() + " " + key.getKey(),
                                texts(key.getValue(), UnaryOperator.identity()))));
        return meaning;
    }

    private static Set<String> texts(JsonNode list, UnaryOperator<String> spelling) {
        Set<String> texts = new HashSet<>();
        list.forEach(text -> texts.add(spelling.apply(text.asText())));
        return texts;
    }
}
