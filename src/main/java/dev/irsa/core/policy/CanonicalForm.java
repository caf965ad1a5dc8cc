package dev.irsa.core.policy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders documents that IAM treats as equal as the same text. Anything that is not documented to be equal stays
 * different. A false difference costs one write, but a false match hides a change.
 */
final class CanonicalForm {
    /** The version that IAM assumes if a document has none. */
    private static final String OLDEST_VERSION = "2008-10-17";

    private static final Pattern ROOT = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):root");

    private CanonicalForm() {}

    static String of(JsonNode document) {
        TreeMap<String, String> parts = new TreeMap<>();
        parts.put("Version", quoted(OLDEST_VERSION));
        for (var part : document.properties()) {
            parts.put(
                    part.getKey(),
                    switch (part.getKey()) {
                        case "Statement" -> set(part.getValue(), CanonicalForm::statement);
                        default -> verbatim(part.getValue());
                    });
        }
        return object(parts);
    }

    private static String statement(JsonNode statement) {
        if (!statement.isObject()) {
            return verbatim(statement);
        }
        TreeMap<String, String> parts = new TreeMap<>();
        for (var part : statement.properties()) {
            JsonNode value = part.getValue();
            // Terraform writes an empty Sid, which identifies nothing.
            if (part.getKey().equals("Sid")
                    && value.isTextual()
                    && value.asText().isEmpty()) {
                continue;
            }
            parts.put(
                    part.getKey(),
                    switch (part.getKey()) {
                        case "Action", "NotAction" -> scalars(value, action -> action.toLowerCase(Locale.ROOT));
                        case "Resource", "NotResource" -> scalars(value, UnaryOperator.identity());
                        case "Principal", "NotPrincipal" -> principal(value);
                        case "Condition" -> condition(value);
                        default -> verbatim(value);
                    });
        }
        return object(parts);
    }

    /** {@code "*"} and {@code {"AWS": "*"}} both mean all principals. */
    private static String principal(JsonNode principal) {
        if (principal.isTextual() && principal.asText().equals("*")) {
            return object(new TreeMap<>(Map.of("AWS", scalars(principal, UnaryOperator.identity()))));
        }
        return members(
                principal,
                (kind, value) ->
                        scalars(value, kind.equals("AWS") ? CanonicalForm::account : UnaryOperator.identity()));
    }

    /** IAM stores the principal {@code 111122223333} as {@code arn:aws:iam::111122223333:root}. */
    private static String account(String principal) {
        Matcher root = ROOT.matcher(principal);
        return root.matches() ? root.group(1) : principal;
    }

    private static String condition(JsonNode condition) {
        return members(
                condition,
                (operator, keys) -> members(keys, (key, values) -> scalars(values, UnaryOperator.identity())));
    }

    /** Renders a set of strings. {@code true} and {@code 1} count as strings, because IAM compares them as strings. */
    private static String scalars(JsonNode value, UnaryOperator<String> spelling) {
        return set(value, node -> {
            boolean scalar = node.isTextual() || node.isNumber() || node.isBoolean();
            return scalar ? quoted(spelling.apply(node.asText())) : verbatim(node);
        });
    }

    private static String set(JsonNode value, Function<JsonNode, String> element) {
        TreeSet<String> elements = new TreeSet<>();
        if (value.isArray()) {
            value.forEach(node -> elements.add(element.apply(node)));
        } else {
            elements.add(element.apply(value));
        }
        return elements.toString();
    }

    /** Renders a value that has no known equivalent spelling. Only the order of object keys is normalized. */
    private static String verbatim(JsonNode node) {
        if (node.isObject()) {
            return members(node, (key, value) -> verbatim(value));
        }
        if (node.isArray()) {
            List<String> elements = new ArrayList<>();
            node.forEach(element -> elements.add(verbatim(element)));
            return elements.toString();
        }
        return node.toString();
    }

    /** Renders each member of an object by its key; anything else as it is. */
    private static String members(JsonNode node, BiFunction<String, JsonNode, String> rendered) {
        if (!node.isObject()) {
            return verbatim(node);
        }
        TreeMap<String, String> parts = new TreeMap<>();
        node.properties()
                .forEach(member -> parts.put(member.getKey(), rendered.apply(member.getKey(), member.getValue())));
        return object(parts);
    }

    private static String object(SortedMap<String, String> parts) {
        StringBuilder text = new StringBuilder("{");
        parts.forEach((key, value) ->
                text.append(quoted(key)).append(':').append(value).append(';'));
        return text.append('}').toString();
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
