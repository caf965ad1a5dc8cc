package dev.irsa.core.access;

import dev.irsa.core.policy.Glob;
import dev.irsa.core.policy.SearchBudget;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what policies of a role allow without naming it: every action, or writes to every resource. It asks about an action and a
 * resource that no policy names, so that only wildcards can match. Therefore a Deny of something particular does not hide what is left.
 */
public final class BroadAccess {
    private static final String ANY = "AnyThing";
    private static final String ANY_ACTION = "any-service:" + ANY;
    private static final String ANY_RESOURCE = "arn:aws:any-service:any-region:000000000000:any-thing";

    /** Every resource of a service, or every one of a type. The last segment of a bucket's ARN is its name, which is no type. */
    private static final Pattern EVERY =
            Pattern.compile("(arn:[^:]*:[^:]*):\\*?:\\*?:(?:\\*+|(?<!:s3:{1,3})([a-zA-Z-]+[/:])\\*+)");

    /**
     * The verbs of actions that change nothing. Without a catalog of all actions, every other verb counts as a write. The page of the
     * report lists them too.
     */
    public static final List<String> READING_VERBS = List.of(
            "BatchCheck",
            "BatchDescribe",
            "BatchGet",
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
            "Test",
            "Validate",
            "View");

    /** A verb ends where the next word begins. IAM ignores the case, so an action may have no capital letters. */
    private static final Pattern READS = Pattern.compile("[^:]+:(?:(?:" + String.join("|", READING_VERBS)
            + ")(?:[A-Z0-9*?].*)?|(?:" + String.join("|", READING_VERBS).toLowerCase(Locale.ROOT) + ")[a-z0-9*?]*)");

    private static final int SHORTEST_BEGINNING = 3;

    private BroadAccess() {}

    /** Returns the policies by which the role may use every action, or every one but some; none if it may not. */
    public static List<String> everyAction(RoleAccess role) {
        return role.decide(AccessQuery.of(ANY_ACTION)).through();
    }

    /** Returns whether a policy, such as a boundary, allows every action on every resource and denies nothing. */
    public static boolean allowsEverything(AccessPolicy policy) {
        SearchBudget effort = SearchBudget.forOneRole();
        AccessQuery anything = AccessQuery.of(ANY_ACTION, ANY_RESOURCE);
        return policy.statements().stream().allMatch(AccessStatement::allows)
                && policy.statements().stream()
                        .anyMatch(statement -> statement.extentOn(anything, effort) == Extent.ALL);
    }

    /**
     * Returns the actions that may write to every resource of a service, as the policies spell them, by the policy that allows them. A
     * statement with a condition is not counted, because conditions often limit the resources.
     */
    public static SortedMap<String, List<String>> writesEverywhere(RoleAccess role) {
        // A policy may allow s3:*, of which the boundary, or a Deny of everything else, leaves only s3:Put*.
        return Stream.concat(role.policies().stream(), role.boundary().stream())
                .flatMap(policy -> policy.statements().stream())
                .filter(statement -> statement.allows()
                        ? statement.conditions().isEmpty()
                        : statement.actions().negated())
                .flatMap(BroadAccess::candidates)
                .distinct()
                .filter(candidate -> mayWrite(candidate.pattern()))
                .flatMap(candidate -> through(role, candidate))
                .distinct()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /**
     * Something to ask about.
     *
     * @param pattern of actions
     * @param resource an ARN that no policy names
     */
    private record Candidate(String pattern, String resource) {}

    private static Stream<Candidate> candidates(AccessStatement statement) {
        List<String> resources = statement.resources().negated() || !statement.allows()
                ? List.of(ANY_RESOURCE)
                : statement.resources().texts().stream()
                        .flatMap(text -> everyOf(text).stream())
                        .distinct()
                        .toList();
        List<String> patterns = statement.allows() && statement.actions().negated()
                ? List.of("*")
                : statement.actions().patterns().stream().map(Glob::pattern).toList();
        return patterns.stream()
                .flatMap(pattern -> resources.stream().map(resource -> new Candidate(pattern, resource)));
    }

    /** Returns an ARN of the resources that a pattern stands for, if it stands for every resource of a service, or of a type. */
    private static Optional<String> everyOf(String text) {
        if (text.chars().allMatch(character -> character == '*')) {
            return Optional.of(ANY_RESOURCE);
        }
        Matcher every = EVERY.matcher(text);
        if (!every.matches()) {
            return Optional.empty();
        }
        boolean isS3 = every.group(1).endsWith(":s3");
        return Optional.of(every.group(1).replace("*", "aws")
                + (isS3 ? ":::" : ":any-region:000000000000:")
                + Objects.requireNonNullElse(every.group(2), "")
                + "any-thing");
    }

    /** Returns the policies that allow it without a condition, unless it is denied or the boundary leaves nothing of it. */
    private static Stream<Map.Entry<String, String>> through(RoleAccess role, Candidate candidate) {
        AccessQuery query = AccessQuery.of(example(candidate.pattern()), candidate.resource());
        AccessDecision limit = role.limit(query);
        if (limit.answer() == Answer.NO) {
            return Stream.empty();
        }
        SearchBudget effort = SearchBudget.forOneRole();
        String limited = limit.answer() == Answer.YES ? "" : " (which conditions or an unread policy may limit)";
        return role.policies().stream()
                .filter(policy -> policy.statements().stream()
                        .anyMatch(statement -> statement.allows() && statement.extentOn(query, effort) == Extent.ALL))
                .map(policy -> Map.entry(policy.name(), candidate.pattern() + limited));
    }

    /** Returns an action that the pattern matches and that no policy names. */
    private static String example(String pattern) {
        return (pattern.contains(":") ? pattern : "any-service:" + pattern)
                .replace("*", ANY)
                .replace("?", "x");
    }

    /** Returns whether an action, or a pattern of actions, may change something. */
    public static boolean mayWrite(String action) {
        return !READS.matcher(action).matches() && !isBeginningOfVerb(action);
    }

    /** Such as ec2:Desc*, which matches only actions that read. */
    private static boolean isBeginningOfVerb(String action) {
        String verb = action.substring(action.indexOf(':') + 1);
        int end = verb.indexOf('*');
        return end >= SHORTEST_BEGINNING
                && end == verb.length() - 1
                && READING_VERBS.stream().anyMatch(known -> known.startsWith(verb.substring(0, end)));
    }
}
