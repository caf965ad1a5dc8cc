package dev.irsa.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Checks the grammar of a role policy before the operator calls IAM, so that the message can include the path. It rejects
 * only what IAM always rejects. IAM itself checks everything else, such as unknown actions and condition keys.
 *
 * <p>Source: "Grammar of the IAM JSON policy language", identity-based policies.
 */
public final class PolicyGrammar {
    private static final Set<String> VERSIONS = new TreeSet<>(Set.of("2012-10-17", "2008-10-17"));
    private static final Set<String> DOCUMENT = new TreeSet<>(Set.of("Version", "Id", "Statement"));
    private static final Set<String> STATEMENT =
            new TreeSet<>(Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"));

    private final List<String> problems = new ArrayList<>();

    private PolicyGrammar() {}

    /** Returns all problems of the document, each as "path problem"; empty if the document is valid. */
    public static List<String> problemsOf(JsonNode document) {
        PolicyGrammar grammar = new PolicyGrammar();
        grammar.document(document);
        return List.copyOf(grammar.problems);
    }

    private void document(JsonNode document) {
        if (!document.isObject()) {
            problems.add("the document is " + QuotedValue.of(document) + "; it must be an object");
            return;
        }
        unknownKeys("", document, DOCUMENT);
        JsonNode version = document.path("Version");
        if (version.isMissingNode()) {
            problems.add("Version is missing; write Version: \"2012-10-17\"");
        } else if (!version.isTextual() || !VERSIONS.contains(version.asText())) {
            problems.add("Version is " + QuotedValue.of(version) + "; write \"2012-10-17\"");
        }
        JsonNode statements = document.path("Statement");
        if (statements.isContainerNode() && (statements.isObject() || !statements.isEmpty())) {
            eachOf("Statement", statements, this::statement);
        } else {
            problems.add(
                    "Statement is " + QuotedValue.of(statements) + "; it must be a list with at least one statement");
        }
    }

    /** Visits the elements of a list, or a single value without one, each with its path. */
    static void eachOf(String place, JsonNode oneOrMore, BiConsumer<String, JsonNode> visit) {
        if (!oneOrMore.isArray()) {
            visit.accept(place, oneOrMore);
            return;
        }
        for (int i = 0; i < oneOrMore.size(); i++) {
            visit.accept(place + "[" + i + "]", oneOrMore.path(i));
        }
    }

    private void statement(String path, JsonNode statement) {
        if (!statement.isObject()) {
            problems.add(path + " is " + QuotedValue.of(statement) + "; it must be an object");
            return;
        }
        unknownKeys(path + ".", statement, STATEMENT);
        String effect = statement.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            problems.add(
                    path + ".Effect is " + QuotedValue.of(statement.path("Effect")) + "; it must be Allow or Deny");
        }
        oneOf(path, statement, "Action", "NotAction");
        oneOf(path, statement, "Resource", "NotResource");
        JsonNode condition = statement.path("Condition");
        if (!condition.isMissingNode() && !condition.isObject()) {
            problems.add(path + ".Condition is " + QuotedValue.of(condition) + "; it must be an object");
        }
    }

    private void oneOf(String path, JsonNode statement, String one, String other) {
        if (statement.has(one) == statement.has(other)) {
            problems.add(path + " must have either " + one + " or " + other);
            return;
        }
        String key = statement.has(one) ? one : other;
        JsonNode value = statement.path(key);
        if (!isTexts(value)) {
            problems.add(
                    path + "." + key + " is " + QuotedValue.of(value) + "; it must be a string or a list of strings");
        }
    }

    /** Returns whether it is a string, or a list of at least one string and nothing else. */
    public static boolean isTexts(JsonNode value) {
        return value.isTextual()
                || (value.isArray() && !value.isEmpty() && value.valueStream().allMatch(JsonNode::isTextual));
    }

    private void unknownKeys(String path, JsonNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(key -> {
            if (known.contains(key)) {
                return;
            }
            problems.add(
                    key.equals("Principal") || key.equals("NotPrincipal")
                            ? path + key + " is not allowed in a policy of a role; remove it"
                            : place(path, key) + " is unknown; it must be one of " + String.join(", ", known));
        });
    }

    private static String place(String path, String key) {
        return key.length() <= QuotedValue.LONGEST
                ? path + key
                : "the key " + QuotedValue.of(key)
                        + (path.isEmpty() ? "" : " in " + path.substring(0, path.length() - 1));
    }
}
