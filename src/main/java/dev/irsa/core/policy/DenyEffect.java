package dev.irsa.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Decides what an identity-based policy denies. An explicit Deny overrides every Allow. Source: "Policy evaluation logic" in the
 * IAM User Guide.
 */
final class DenyEffect {
    /** IAM accepts more than one wildcard in a row, and one for the service. */
    private static final Pattern EVERY_ACTION = Pattern.compile("\\*+(:\\*+)?");

    private static final Pattern EVERY_RESOURCE = Pattern.compile("\\*+");

    private DenyEffect() {}

    /** Returns whether the document allows nothing: every statement denies, or one denies everything. */
    static boolean onlyDenies(JsonNode document) {
        List<JsonNode> statements = statements(document);
        return (!statements.isEmpty() && statements.stream().allMatch(DenyEffect::denies))
                || deniesEverything(document);
    }

    /** Returns whether a statement denies every action on every resource, without a condition. */
    static boolean deniesEverything(JsonNode document) {
        return statements(document).stream()
                .anyMatch(statement -> denies(statement)
                        && statement.path("Condition").isEmpty()
                        && covers(statement, "Action", EVERY_ACTION)
                        && covers(statement, "Resource", EVERY_RESOURCE));
    }

    private static boolean denies(JsonNode statement) {
        return "Deny".equals(statement.path("Effect").asText());
    }

    /** Returns whether the element names everything, or its opposite excludes nothing. */
    private static boolean covers(JsonNode statement, String element, Pattern everything) {
        JsonNode excluded = statement.path("Not" + element);
        return PolicyDocument.elements(statement.path(element)).stream()
                        .anyMatch(value -> everything.matcher(value.asText()).matches())
                || (excluded.isArray() && excluded.isEmpty());
    }

    private static List<JsonNode> statements(JsonNode document) {
        return PolicyDocument.elements(document.path("Statement"));
    }
}
