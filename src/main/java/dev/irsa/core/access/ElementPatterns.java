package dev.irsa.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.policy.Glob;
import dev.irsa.core.policy.GlobUnion;
import dev.irsa.core.policy.GlobUnion.InclusionResult.Within;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.SearchBudget;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The patterns of an Action, NotAction, Resource or NotResource element.
 *
 * @param sure what the element surely matches
 * @param possible what it may match; at least what it surely matches
 * @param negated whether the element is a NotAction or NotResource
 * @param texts the patterns as written
 */
record ElementPatterns(List<Glob> sure, List<Glob> possible, boolean negated, List<String> texts) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}");
    private static final int SHOWN = 3;
    private static final String ARN = "arn:";
    /** IAM completes a shorter ARN with wildcards. */
    private static final int COLONS_OF_ARN = 5;

    /** Returns the patterns of Action or NotAction, in which variables are not allowed. */
    static ElementPatterns actions(JsonNode statement) {
        List<String> texts = texts(statement, "Action");
        List<Glob> globs = texts.stream().map(Glob::ignoringCase).toList();
        return new ElementPatterns(globs, globs, statement.has("NotAction"), texts);
    }

    /** Returns the patterns of Resource or NotResource. What a policy variable stands for is not known. */
    static ElementPatterns resources(JsonNode statement) {
        List<String> texts = texts(statement, "Resource");
        return new ElementPatterns(
                texts.stream()
                        .filter(text -> !VARIABLE.matcher(text).find())
                        .map(ElementPatterns::completed)
                        .map(Glob::of)
                        .toList(),
                globs(texts, text -> completed(VARIABLE.matcher(text).replaceAll("*"))),
                statement.has("NotResource"),
                texts);
    }

    private static List<String> texts(JsonNode statement, String element) {
        return PolicyDocument.elements(statement.has("Not" + element) ? statement.path("Not" + element) : statement.path(element))
                .stream()
                .map(JsonNode::asText)
                .toList();
    }

    private static List<Glob> globs(List<String> texts, Function<String, String> change) {
        return texts.stream().map(change).map(Glob::of).toList();
    }

    private static String completed(String text) {
        long missing = COLONS_OF_ARN - text.chars().filter(character -> character == ':').count();
        return text.startsWith(ARN) && missing > 0 ? text + ":*".repeat((int) missing) : text;
    }

    /** Returns how much of what a pattern matches the element matches. */
    Extent extentOf(Glob asked, SearchBudget effort) {
        Extent named;
        if (GlobUnion.of(sure).inclusionOf(asked, effort) instanceof Within) {
            named = Extent.ALL;
        } else {
            named = possible.stream().anyMatch(asked::overlaps) ? Extent.SOME : Extent.NONE;
        }
        return negated ? named.opposite() : named;
    }

    /** Returns the patterns as words. */
    String description() {
        String some = texts.stream().limit(SHOWN).collect(Collectors.joining(", "));
        String more = texts.size() > SHOWN ? " and " + (texts.size() - SHOWN) + " more" : "";
        return (negated ? "everything but " : "") + some + more;
    }
}
