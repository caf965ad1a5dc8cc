package dev.irsa.core.entitlement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What each entitlement that selects the namespace has against a request, places aside: the part of a judgement that
 * takes time and depends on nobody else.
 */
public final class EntitlementEvaluation {
    private final List<Opinion> opinions;
    private final String ifThereAreNone;

    /** @param objections empty: it would allow the request if there is a place */
    record Opinion(Entitlement of, List<String> objections) {}

    EntitlementEvaluation(List<Opinion> opinions, String ifThereAreNone) {
        this.opinions = List.copyOf(opinions);
        this.ifThereAreNone = ifThereAreNone;
    }

    /** Returns the names of the entitlements that would allow the request if their quota has room. */
    public Set<String> limitedByQuota() {
        return opinions.stream()
                .filter(opinion -> opinion.objections().isEmpty()
                        && opinion.of().maxRoles().isPresent())
                .map(opinion -> opinion.of().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Decides on the request.
     *
     * @param preceding how many roles of the namespace precede this one, by the name of the entitlement. An entitlement that is
     *     not in it has room
     */
    public EntitlementDecision decide(Map<String, Integer> preceding) {
        List<String> denials = new ArrayList<>();
        for (Opinion opinion : opinions) {
            List<String> objections = opinion.objections().isEmpty()
                    ? Optional.ofNullable(preceding.get(opinion.of().name()))
                            .map(opinion.of()::quotaObjections)
                            .orElse(List.of())
                    : opinion.objections();
            if (objections.isEmpty()) {
                return new EntitlementDecision.Allowed(
                        opinion.of().name(), opinion.of().boundary());
            }
            denials.add("by " + opinion.of().name() + " because " + String.join(", and ", objections));
        }
        return new EntitlementDecision.Denied(
                denials.isEmpty() ? ifThereAreNone : "denied: " + String.join("; ", denials));
    }
}
