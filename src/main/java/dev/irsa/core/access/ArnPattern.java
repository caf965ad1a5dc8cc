package dev.irsa.core.access;

import dev.irsa.core.policy.Glob;
import dev.irsa.core.policy.GlobUnion;
import dev.irsa.core.policy.GlobUnion.InclusionResult.Within;
import dev.irsa.core.policy.SearchBudget;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of ARNs. A wildcard stays within one of the six segments, which colons separate.
 *
 * <p>Source: "IAM JSON policy elements: Resource". A star "can expand to replace everything within a segment", and IAM completes an ARN
 * with fewer segments with stars.
 *
 * @param whole the pattern as one text, in which a wildcard also matches colons
 * @param segments six, or none for the pattern that matches every ARN
 */
public record ArnPattern(Glob whole, List<Glob> segments) {
    private static final String PREFIX = "arn:";
    private static final int SEGMENTS = 6;

    public ArnPattern {
        segments = List.copyOf(segments);
    }

    /** Returns the pattern that this text means. */
    public static ArnPattern of(String text) {
        if (!text.startsWith(PREFIX)) {
            return new ArnPattern(Glob.of(text), List.of());
        }
        List<String> parts = new ArrayList<>(List.of(text.split(":", SEGMENTS)));
        while (parts.size() < SEGMENTS) {
            parts.add("*");
        }
        return new ArnPattern(
                Glob.of(String.join(":", parts)), parts.stream().map(Glob::of).toList());
    }

    private boolean isEverything() {
        return whole.pattern().chars().allMatch(character -> character == '*') && !whole.pattern().isEmpty();
    }

    /** Returns how much of what this pattern matches some of these patterns match. */
    Extent coveredBy(List<ArnPattern> others, SearchBudget effort) {
        if (isWithin(others, effort)) {
            return Extent.ALL;
        }
        // Whether a wildcard of IAM may match a colon is not documented for every case.
        return others.stream().anyMatch(other -> whole.overlaps(other.whole)) ? Extent.SOME : Extent.NONE;
    }

    private boolean isWithin(List<ArnPattern> others, SearchBudget effort) {
        if (others.stream().anyMatch(other -> other.isEverything() || other.whole.equals(whole))) {
            return true;
        }
        if (segments.isEmpty()) {
            return false;
        }
        List<Glob> last = others.stream()
                .filter(other -> !other.segments.isEmpty() && isWithinAllButLast(other, effort))
                .map(other -> other.segments.getLast())
                .toList();
        return isWithin(segments.getLast(), last, effort);
    }

    private boolean isWithinAllButLast(ArnPattern other, SearchBudget effort) {
        for (int i = 0; i < SEGMENTS - 1; i++) {
            if (!isWithin(segments.get(i), List.of(other.segments.get(i)), effort)) {
                return false;
            }
        }
        return true;
    }

    static boolean isWithin(Glob asked, List<Glob> patterns, SearchBudget effort) {
        return GlobUnion.of(patterns).inclusionOf(asked, effort) instanceof Within;
    }
}
