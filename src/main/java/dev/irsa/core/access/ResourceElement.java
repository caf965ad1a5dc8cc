package dev.irsa.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.SearchBudget;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The Resource or NotResource element of a statement.
 *
 * @param sure what it surely matches
 * @param possible what it may match, because a policy variable may stand for anything; at least what it surely matches
 * @param negated whether it is NotResource
 */
record ResourceElement(List<ArnPattern> sure, List<ArnPattern> possible, boolean negated, List<String> texts) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}");

    static ResourceElement of(JsonNode statement) {
        boolean negated = statement.has("NotResource");
        List<String> texts = texts(statement.path(negated ? "NotResource" : "Resource"));
        return new ResourceElement(
                texts.stream()
                        .filter(text -> !VARIABLE.matcher(text).find())
                        .map(ArnPattern::of)
                        .toList(),
                texts.stream()
                        .map(text -> ArnPattern.of(VARIABLE.matcher(text).replaceAll("*")))
                        .toList(),
                negated,
                texts);
    }

    static List<String> texts(JsonNode element) {
        return PolicyDocument.elements(element).stream().map(JsonNode::asText).toList();
    }

    /** Returns how much of what is asked the element matches. */
    Extent extentOf(ArnPattern asked, SearchBudget effort) {
        Extent named = asked.coveredBy(sure, effort);
        if (named == Extent.NONE) {
            named = asked.coveredBy(possible, effort).and(Extent.SOME);
        }
        return negated ? named.opposite() : named;
    }
}
