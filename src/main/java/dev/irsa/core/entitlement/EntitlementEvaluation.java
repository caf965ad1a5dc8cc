package dev.irsa.core.entitlement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

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

    /**
     * The judgement.
     *
     * @param before how many roles of the namespace come before this one where an entitlement, by its name, counts;
     *     negative when it has its place. Asked only of those that would allow it otherwise
     */
    public EntitlementDecision judge(ToIntFunction<String> before) {
        List<String> denials = new ArrayList<>();
        for (Opinion opinion : opinions) {
            List<String> objections =
                    opinion.objections().isEmpty() ? opinion.of().placeObjections(before) : opinion.objections();
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
