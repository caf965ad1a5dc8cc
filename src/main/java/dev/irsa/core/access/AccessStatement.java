package dev.irsa.core.access;

import com.fasterxml.jackson.databind.JsonNode;
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
record AccessStatement(boolean allows, ElementPatterns actions, ElementPatterns resources, List<String> conditions) {
    /** Returns the statements of a document. */
    static List<AccessStatement> of(PolicyDocument document) {
        return PolicyDocument.elements(document.json().path("Statement")).stream()
                .map(statement -> new AccessStatement(
                        statement.path("Effect").asText().equals("Allow"),
                        ElementPatterns.actions(statement),
                        ElementPatterns.resources(statement),
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

    /** Returns on how much of the query the statement has its effect. Whether its conditions hold is not known. */
    Extent extentOn(AccessQuery query, SearchBudget effort) {
        Extent unconditional = actions.extentOf(query.action(), effort).and(resources.extentOf(query.resource(), effort));
        return conditions.isEmpty() ? unconditional : unconditional.and(Extent.SOME);
    }

    /** Returns on what and when it has its effect, as in "s3:GetObject on arn:aws:s3:::invoices/* if ...". */
    String description() {
        String when = conditions.isEmpty() ? "" : " if " + String.join(" and ", conditions);
        return actions.description() + " on " + resources.description() + when;
    }
}
