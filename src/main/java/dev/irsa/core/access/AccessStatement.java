package dev.irsa.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.policy.Glob;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.SearchBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A statement of an identity-based policy.
 *
 * @param allows whether its effect is Allow
 * @param conditions each as text, such as {@code StringEquals aws:PrincipalTag/team red}
 */
public record AccessStatement(
        boolean allows, ActionElement actions, ResourceElement resources, List<String> conditions) {
    private static final int SHOWN = 3;

    /** Returns the statements of a document. */
    static List<AccessStatement> of(PolicyDocument document) {
        return PolicyDocument.elements(document.json().path("Statement")).stream()
                .map(statement -> new AccessStatement(
                        statement.path("Effect").asText().equals("Allow"),
                        ActionElement.of(statement),
                        ResourceElement.of(statement),
                        conditions(statement.path("Condition"))))
                .toList();
    }

    private static List<String> conditions(JsonNode condition) {
        List<String> texts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> operator : condition.properties()) {
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                String values = PolicyDocument.elements(key.getValue()).stream()
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" or "));
                texts.add(operator.getKey() + " " + key.getKey() + " " + values);
            }
        }
        return texts;
    }

    /** Returns on how much of what is asked the statement has its effect. Whether its conditions hold is not known. */
    Extent extentOn(AccessQuery query, SearchBudget effort) {
        Extent onResource =
                query.resource().map(asked -> resources.extentOf(asked, effort)).orElseGet(() -> anywhere(effort));
        Extent extent = actions.extentOf(query.action(), effort).and(onResource);
        return conditions.isEmpty() ? extent : extent.and(Extent.SOME);
    }

    /** An Allow on one resource allows the action somewhere, but a Deny on one resource does not deny it everywhere. */
    private Extent anywhere(SearchBudget effort) {
        Extent everywhere = resources.extentOf(ArnPattern.of("*"), effort);
        return allows && everywhere != Extent.NONE ? Extent.ALL : everywhere;
    }

    /** Returns on what and when it has its effect, as in "s3:GetObject on arn:aws:s3:::invoices/* if ...". */
    String description() {
        String when = conditions.isEmpty() ? "" : " if " + String.join(" and ", conditions);
        return words(
                        actions.negated(),
                        actions.patterns().stream().map(Glob::pattern).toList()) + " on "
                + words(resources.negated(), resources.texts()) + when;
    }

    private static String words(boolean negated, List<String> texts) {
        String some = texts.stream().limit(SHOWN).collect(Collectors.joining(", "));
        String more = texts.size() > SHOWN ? " and " + (texts.size() - SHOWN) + " more" : "";
        return (negated ? "everything but " : "") + some + more;
    }
}
