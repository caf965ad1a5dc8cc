package dev.irsa.core.access;

import dev.irsa.core.access.AccessDecision.Answer;
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
        List<Match> own = policies.stream()
                .flatMap(policy -> matches(policy, query, effort))
                .toList();
        List<Match> bounding =
                boundary.stream().flatMap(policy -> matches(policy, query, effort)).toList();
        Optional<Match> denied = Stream.concat(own.stream(), bounding.stream())
                .filter(match -> !match.allows() && match.extent() == Extent.ALL)
                .findFirst();
        if (denied.isPresent()) {
            return no(denied.get().description());
        }
        if (own.stream().noneMatch(Match::allows)) {
            return no("no policy of the role allows it");
        }
        if (boundary.isPresent() && bounding.stream().noneMatch(Match::allows)) {
            return no("the permissions boundary " + boundary.get().name() + " does not allow it");
        }
        Set<String> reasons = new LinkedHashSet<>(limits(own));
        reasons.addAll(limits(bounding));
        List<String> through = own.stream()
                .filter(Match::allows)
                .map(Match::policy)
                .distinct()
                .toList();
        return new AccessDecision(reasons.isEmpty() ? Answer.YES : Answer.PERHAPS, through, List.copyOf(reasons));
    }

    private static AccessDecision no(String reason) {
        return new AccessDecision(Answer.NO, List.of(), List.of(reason));
    }

    private static Stream<Match> matches(AccessPolicy policy, AccessQuery query, SearchBudget effort) {
        return policy.statements().stream()
                .map(statement -> new Match(policy.name(), statement, statement.extentOn(query, effort)))
                .filter(match -> match.extent() != Extent.NONE);
    }

    /** Returns on what it depends that these statements allow all of it; empty if it is certain. */
    private static List<String> limits(List<Match> matches) {
        boolean whole = matches.stream().anyMatch(match -> match.allows() && match.extent() == Extent.ALL);
        return matches.stream()
                .filter(match -> !match.allows() || !whole)
                .map(Match::description)
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
