package dev.irsa.core.access;

import dev.irsa.core.policy.SearchBudget;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the policies of a role allow. An explicit Deny overrides every Allow, and a permissions boundary must allow everything too.
 * Policies of resources, of the organization, and of sessions are not known.
 *
 * <p>Source: "Policy evaluation logic" and "Permissions boundaries for IAM entities" in the IAM User Guide.
 *
 * @param policies those of the role
 * @param boundary empty if it has none
 */
public record RoleAccess(List<AccessPolicy> policies, Optional<AccessPolicy> boundary) {
    public RoleAccess {
        policies = List.copyOf(policies);
    }

    /** Decides whether the role may do what is asked. */
    public AccessDecision decide(AccessQuery query) {
        SearchBudget effort = SearchBudget.forOneRole();
        List<Match> allowing = matches(policies, true, query, effort).toList();
        AccessDecision limit = limit(query.onAllResources(), effort);
        if (limit.answer() == Answer.NO) {
            return limit;
        }
        if (allowing.isEmpty() && policies.stream().allMatch(AccessPolicy::isKnown)) {
            return no("no policy of the role allows it");
        }
        Set<String> reasons = new LinkedHashSet<>(parts(allowing));
        reasons.addAll(limit.reasons());
        List<String> through = allowing.stream().map(Match::policy).distinct().toList();
        return new AccessDecision(reasons.isEmpty() ? Answer.YES : Answer.PERHAPS, through, List.copyOf(reasons));
    }

    /** Returns how statements that deny, the boundary, and policies that could not be read limit what a policy of the role allows. */
    AccessDecision limit(AccessQuery query) {
        return limit(query, SearchBudget.forOneRole());
    }

    private AccessDecision limit(AccessQuery query, SearchBudget effort) {
        List<AccessPolicy> bounding = boundary.stream().toList();
        List<Match> denying = Stream.concat(
                        matches(policies, false, query, effort), matches(bounding, false, query, effort))
                .toList();
        Optional<Match> denied =
                denying.stream().filter(match -> match.extent() == Extent.ALL).findFirst();
        if (denied.isPresent()) {
            return no(denied.get().description());
        }
        List<Match> allowing = matches(bounding, true, query, effort).toList();
        if (boundary.filter(AccessPolicy::isKnown).isPresent() && allowing.isEmpty()) {
            return no("the permissions boundary " + boundary.get().name() + " does not allow it");
        }
        Set<String> reasons = new LinkedHashSet<>();
        denying.forEach(match -> reasons.add(match.description()));
        reasons.addAll(parts(allowing));
        Stream.concat(policies.stream(), boundary.stream())
                .filter(policy -> !policy.isKnown())
                .forEach(policy -> reasons.add("policy " + policy.name() + " could not be read"));
        return new AccessDecision(reasons.isEmpty() ? Answer.YES : Answer.PERHAPS, List.of(), List.copyOf(reasons));
    }

    private static AccessDecision no(String reason) {
        return new AccessDecision(Answer.NO, List.of(), List.of(reason));
    }

    /** A statement may have thousands of actions, so only those with the effect are compared. */
    private static Stream<Match> matches(
            List<AccessPolicy> policies, boolean allowing, AccessQuery query, SearchBudget effort) {
        return policies.stream()
                .flatMap(policy -> policy.statements().stream()
                        .filter(statement -> statement.allows() == allowing)
                        .map(statement -> new Match(policy.name(), statement, statement.extentOn(query, effort))))
                .filter(match -> match.extent() != Extent.NONE);
    }

    /** Returns the parts that these statements allow; empty if one of them certainly allows all of it. */
    private static List<String> parts(List<Match> allowing) {
        return allowing.stream().anyMatch(match -> match.extent() == Extent.ALL)
                ? List.of()
                : allowing.stream().map(Match::description).toList();
    }

    /** Returns what the policies of the role and its boundary deny, each as a clause. */
    public List<String> denials() {
        return Stream.concat(policies.stream(), boundary.stream())
                .flatMap(policy -> policy.statements().stream()
                        .filter(statement -> !statement.allows())
                        .map(statement -> new Match(policy.name(), statement, Extent.ALL).description()))
                .distinct()
                .toList();
    }

    /**
     * A statement that concerns what is asked.
     *
     * @param policy the name of its policy
     */
    private record Match(String policy, AccessStatement statement, Extent extent) {
        boolean allows() {
            return statement.allows();
        }

        String description() {
            return "policy " + policy + (allows() ? " allows " : " denies ") + statement.description();
        }
    }
}
