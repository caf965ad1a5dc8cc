package dev.irsa.core.entitlement;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.Requirements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The objections of each entitlement that selects the namespace to a request, except for the quota. This part of the decision
 * takes time and depends on no other resource.
 */
public final class EntitlementResults {
    private static final String REMEDY = "omit what is not allowed, or ask a platform engineer to allow it";

    private final List<Result> results;
    private final String denialWithoutResults;

    /**
     * What one entitlement says.
     *
     * @param requirements what it requires in the namespace of the request
     * @param objections empty if the entitlement allows the request, provided that its quota has room
     */
    record Result(Entitlement of, Requirements requirements, List<String> objections) {
        EntitlementVersion version() {
            return of.version(requirements);
        }
    }

    EntitlementResults(List<Result> results, String denialWithoutResults) {
        this.results = List.copyOf(results);
        this.denialWithoutResults = denialWithoutResults;
    }

    /** Returns the entitlements that would allow the request if their quota has room, and how many roles each allows. */
    public Map<String, Integer> limitedByQuota() {
        Map<String, Integer> limited = new TreeMap<>();
        results.stream()
                .filter(result -> result.objections().isEmpty())
                .map(Result::of)
                .forEach(entitlement -> entitlement.maxRoles().ifPresent(max -> limited.put(entitlement.name(), max)));
        return limited;
    }

    /** Returns the version of one of the entitlements. */
    public EntitlementVersion version(String name) {
        return results.stream()
                .filter(result -> result.of().name().equals(name))
                .map(Result::version)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns the versions that allow everything that this role has. It has what the request asks for, and what an entitlement
     * requires. Their quotas do not matter, because they count roles and limit none.
     */
    public Set<EntitlementVersion> allowing(DesiredRole role) {
        return results.stream()
                .filter(result -> result.objections().isEmpty() && result.of().allows(role, result.requirements()))
                .map(Result::version)
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
                return new EntitlementDecision.Allowed(result.requirements());
            }
            denials.add("by IamEntitlement " + result.of().name() + " because " + String.join(", and ", objections));
        }
        if (denials.isEmpty()) {
            return new EntitlementDecision.Denied(denialWithoutResults, "");
        }
        boolean isOnlyFull =
                results.stream().allMatch(result -> result.objections().isEmpty());
        return new EntitlementDecision.Denied("denied " + String.join("; ", denials), isOnlyFull ? "" : REMEDY);
    }
}
