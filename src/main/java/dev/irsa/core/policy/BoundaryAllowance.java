package dev.irsa.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an Allow statement of a permissions boundary may allow. Conditions are ignored, so it never allows less than IAM does.
 *
 * @param actions globs of what it allows; for a statement with NotAction, one that matches everything
 * @param excluded globs of what it surely does not allow
 * @param resources globs of the resources on which it may allow them
 */
record BoundaryAllowance(List<Glob> actions, GlobUnion excluded, List<Glob> resources) {
    private static final Glob ANYTHING = Glob.ignoringCase("*");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}");
    /** IAM completes a shorter ARN with wildcards. */
    private static final int COLONS_OF_ARN = 5;

    /**
     * Returns the allowance of a statement.
     *
     * @param denied what the boundary denies everywhere
     */
    static BoundaryAllowance of(JsonNode statement, List<Glob> denied, SearchBudget effort) {
        List<Glob> resources = resources(statement);
        if (statement.has("NotAction")) {
            List<Glob> excluded = new ArrayList<>(certain(statement.path("NotAction")));
            excluded.addAll(denied);
            return new BoundaryAllowance(List.of(ANYTHING), GlobUnion.of(excluded), resources);
        }
        GlobUnion excluded = GlobUnion.of(denied);
        List<Glob> actions = PolicyDocument.elements(statement.path("Action")).stream()
                .map(action -> Glob.ignoringCase(action.asText()))
                .filter(action -> !isWithin(action, excluded, effort))
                .toList();
        return new BoundaryAllowance(actions, excluded, resources);
    }

    /** Returns the globs for action patterns whose meaning is certain. IAM may match others, but not always. */
    static List<Glob> certain(JsonNode patterns) {
        return PolicyDocument.elements(patterns).stream()
                .map(JsonNode::asText)
                .filter(text -> ActionPattern.problemOf(text).isEmpty())
                .map(Glob::ignoringCase)
                .toList();
    }

    /** Returns globs that match at least the resources of a statement. They ignore case, because some services do. */
    static List<Glob> resources(JsonNode statement) {
        return PolicyDocument.elements(statement.path("Resource")).stream()
                .map(resource -> resource(resource.asText()))
                .toList();
    }

    private static Glob resource(String text) {
        boolean complete = text.chars().filter(character -> character == ':').count() >= COLONS_OF_ARN;
        return complete ? Glob.ignoringCase(VARIABLE.matcher(text).replaceAll("*")) : ANYTHING;
    }

    /** Returns whether the statement may allow an action that the pattern matches. */
    boolean mayAllow(Glob pattern, SearchBudget effort) {
        return actions.stream().anyMatch(pattern::overlaps) && !isWithin(pattern, excluded, effort);
    }

    /** Returns whether the statement may apply to one of these resources. */
    boolean mayApplyTo(List<Glob> others) {
        // A NotResource element leaves no globs and is not evaluated.
        return resources.isEmpty()
                || others.isEmpty()
                || resources.stream().anyMatch(own -> others.stream().anyMatch(own::overlaps));
    }

    private static boolean isWithin(Glob pattern, GlobUnion union, SearchBudget effort) {
        return union.inclusionOf(pattern, effort) instanceof GlobUnion.InclusionResult.Within;
    }
}
