package dev.irsa.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.policy.GlobUnion.InclusionResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The actions that inline policies may allow, as the union of the patterns that an entitlement lists. A document that
 * IAM might interpret more broadly is not allowed. That includes every document that is ambiguous.
 */
public final class ActionAllowlist {
    /** The field of an entitlement that lists the patterns. */
    private static final String FIELD = "allow.inlineActions";

    /** Matches only the empty name. No action has an empty name, so this pattern allows nothing. */
    private static final Glob NO_NAME = Glob.ignoringCase("");

    private static final GlobUnion NO_ACTION = GlobUnion.of(List.of(NO_NAME));

    private final boolean everything;
    private final Map<String, GlobUnion> namesByService;

    private ActionAllowlist(Collection<ActionPattern> patterns) {
        everything = patterns.stream().anyMatch(ActionPattern::isEverything);
        Map<String, List<Glob>> names = new TreeMap<>();
        for (ActionPattern pattern : patterns) {
            pattern.service()
                    .ifPresent(service -> names.computeIfAbsent(service, key -> new ArrayList<>(List.of(NO_NAME)))
                            .add(pattern.names()));
        }
        namesByService = new TreeMap<>();
        names.forEach((service, globs) -> namesByService.put(service, GlobUnion.of(globs)));
    }

    /**
     * Returns the allowlist of these patterns. Without patterns, it allows no action.
     *
     * @throws IllegalArgumentException if {@link #problemsOf} returns a problem
     */
    public static ActionAllowlist of(List<String> patterns) {
        return new ActionAllowlist(patterns.stream().map(ActionPattern::new).toList());
    }

    /** Returns the problems of these patterns, each as "path problem"; empty if they are valid. */
    public static List<String> problemsOf(List<String> patterns) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            String place = FIELD + "[" + i + "] ";
            ActionPattern.problemOf(patterns.get(i)).ifPresent(problem -> problems.add(place + problem));
        }
        return List.copyOf(problems);
    }

    /**
     * Returns what the policies of a role allow beyond this list, by policy name, each as "path problem"; empty if all
     * policies keep to it.
     */
    public SortedMap<String, List<String>> excessOf(Map<String, JsonNode> documents) {
        // All policies share one budget, because IAM limits the size of all inline policies of a role together.
        SearchBudget effort = SearchBudget.forOneRole();
        TreeMap<String, List<String>> excesses = new TreeMap<>();
        documents.forEach((name, document) -> excesses.put(name, excessOf(document, effort)));
        excesses.values().removeIf(List::isEmpty);
        return excesses;
    }

    List<String> excessOf(JsonNode document) {
        return excessOf(document, SearchBudget.forOneRole());
    }

    private List<String> excessOf(JsonNode document, SearchBudget effort) {
        return switch (PolicyActions.of(document)) {
            case PolicyActions.Refused(List<String> problems) -> problems;
            case PolicyActions.Read(List<PolicyActions.Entry> entries) ->
                entries.stream()
                        .flatMap(entry -> excess(entry, effort).stream())
                        .toList();
        };
    }

    private Optional<String> excess(PolicyActions.Entry entry, SearchBudget effort) {
        if (everything) {
            return Optional.empty();
        }
        return switch (entry) {
            case PolicyActions.AllBut(String place) ->
                Optional.of(place + " allows all actions except the listed ones, which requires \"*\" in " + FIELD);
            case PolicyActions.Listed(String place, ActionPattern pattern) ->
                pattern.service()
                        .map(service -> excess(service, pattern, effort))
                        .orElse(Optional.of("allows all actions, which requires \"*\" in " + FIELD))
                        .map(problem -> place + " " + QuotedValue.of(pattern.text()) + " " + problem);
        };
    }

    private Optional<String> excess(String service, ActionPattern pattern, SearchBudget effort) {
        GlobUnion names = namesByService.getOrDefault(service, NO_ACTION);
        return switch (names.inclusionOf(pattern.names(), effort)) {
            case InclusionResult.Within() -> Optional.empty();
            case InclusionResult.Outside(String name)
            when name.equals(pattern.names().pattern()) -> Optional.of("is not covered by " + FIELD);
            case InclusionResult.Outside(String name) ->
                Optional.of("is not covered by " + FIELD + ", for example " + QuotedValue.of(service + ":" + name));
            case InclusionResult.Undecided() ->
                Optional.of("is too complex to compare with " + FIELD + "; use fewer wildcards");
        };
    }
}
