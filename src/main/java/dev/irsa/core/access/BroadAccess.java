package dev.irsa.core.access;

import dev.irsa.core.policy.Glob;
import dev.irsa.core.policy.SearchBudget;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what policies of a role allow without naming it: every action, or writes to every resource. It asks about an action and a
 * resource that no policy names, so that only wildcards can match. Therefore a Deny of something particular does not hide what is left.
 */
public final class BroadAccess {
    private static final String ANY = "AnyThing";
    private static final AccessQuery ANY_ACTION = AccessQuery.of("any-service:" + ANY);
    private static final String ANY_RESOURCE = "arn:aws:any-service:any-region:000000000000:any-thing";

    /**
     * The verbs of actions that change nothing. Without a catalog of all actions, every other verb counts as a write. The page of the
     * report lists them too.
     */
    public static final List<String> READING_VERBS = List.of(
            "BatchDescribe",
            "BatchGet",
            "Check",
            "Describe",
            "Estimate",
            "Filter",
            "Get",
            "Head",
            "List",
            "Lookup",
            "Query",
            "Receive",
            "Scan",
            "Search",
            "Select",
            "Simulate",
            "StartQuery",
            "Validate",
            "View");

    private static final Pattern READS =
            Pattern.compile("[^:]+:(" + String.join("|", READING_VERBS) + ").*", Pattern.CASE_INSENSITIVE);

    private BroadAccess() {}

    /** Returns the policies by which the role may use every action, or every one but some; none if it may not. */
    public static List<String> everyAction(RoleAccess role) {
        return role.decide(ANY_ACTION).through();
    }

    /**
     * Returns the actions that may write to every resource, as the policies spell them, by the policy that allows them. A statement with
     * a condition is not counted, because conditions often limit the resources.
     */
    public static SortedMap<String, List<String>> writesEverywhere(RoleAccess role) {
        // A policy may allow s3:*, of which the boundary leaves only s3:Put*.
        return Stream.concat(role.policies().stream(), role.boundary().stream())
                .flatMap(policy -> policy.statements().stream())
                .filter(BroadAccess::isEverywhere)
                .flatMap(statement -> patterns(statement.actions()))
                .distinct()
                .filter(BroadAccess::mayWrite)
                .flatMap(pattern -> through(role, pattern))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static boolean isEverywhere(AccessStatement statement) {
        return statement.allows()
                && statement.conditions().isEmpty()
                && statement.resources().extentOf(ArnPattern.of(ANY_RESOURCE), SearchBudget.forOneRole()) == Extent.ALL;
    }

    /** NotAction stands for any action that it does not name. */
    private static Stream<String> patterns(ActionElement actions) {
        return actions.negated() ? Stream.of("*") : actions.patterns().stream().map(Glob::pattern);
    }

    private static Stream<Map.Entry<String, String>> through(RoleAccess role, String pattern) {
        AccessDecision decision = role.decide(AccessQuery.of(example(pattern), ANY_RESOURCE));
        return decision.answer() == Answer.YES
                ? decision.through().stream().map(policy -> Map.entry(policy, pattern))
                : Stream.empty();
    }

    /** Returns an action that the pattern matches and that no policy names. */
    private static String example(String pattern) {
        return (pattern.contains(":") ? pattern : "any-service:" + pattern)
                .replace("*", ANY)
                .replace("?", "x");
    }

    /** Returns whether an action, or a pattern of actions, may change something. */
    public static boolean mayWrite(String action) {
        return !READS.matcher(action).matches();
    }
}
