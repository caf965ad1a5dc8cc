package dev.irsa.core.entitlement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The objections of each entitlement that selects the namespace to a request, except for the quota. This part of the decision
 * takes time and depends on no other resource.
 */
public final class EntitlementResults {
    private final List<Result> results;
    private final String denialWithoutResults;

    /** @param objections empty if the entitlement allows the request, provided that its quota has room */
    record Result(Entitlement of, List<String> objections) {}

    EntitlementResults(List<Result> results, String denialWithoutResults) {
        this.results = List.copyOf(results);
        this.denialWithoutResults = denialWithoutResults;
    }

    /** Returns the names of the entitlements that would allow the request if their quota has room. */
    public Set<String> limitedByQuota() {
        return results.stream()
                .filter(result ->
                        result.objections().isEmpty() && result.of().maxRoles().isPresent())
                .map(result -> result.of().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the version of one of the entitlements. */
    public EntitlementVersion version(String name) {
        return results.stream()
                .map(Result::of)
                .filter(entitlement -> entitlement.name().equals(name))
                .map(Entitlement::version)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns the versions that allow everything that the role of the request has, if the role has this boundary. Their quotas
     * do not matter, because they count roles and limit none.
     */
    public Set<EntitlementVersion> allowing(Optional<String> boundary) {
        return results.stream()
                .filter(result -> result.objections().isEmpty())
                .map(Result::of)
                .filter(entitlement -> entitlement.boundary().isEmpty()
                        || entitlement.boundary().equals(boundary))
                .map(Entitlement::version)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Decides on the request.
     *
     * @param preceding how many roles of the namespace precede this one, by the name of the entitlement. An entitlement that is
     *     not in it has room
     */
    public EntitlementDecision decide(Map<String, Integer> preceding) {
        List<String> denials = new ArrayList<>();
        for (Result result : results) {
            List<String> objections = result.objections().isEmpty()
                    ? Optional.ofNullable(preceding.get(result.of().name()))
                            .map(result.of()::quotaObjections)
                            .orElse(List.of())
                    : result.objections();
            if (objections.isEmpty()) {
                return new EntitlementDecision.Allowed(
                        result.of().name(), result.of().boundary());
            }
            denials.add("by IamEntitlement " + result.of().name() + " because " + String.join(", and ", objections));
        }
        return new EntitlementDecision.Denied(
                denials.isEmpty() ? denialWithoutResults : "denied " + String.join("; ", denials));
    }
}
