package dev.irsa.core.access;

import dev.irsa.core.policy.Glob;
import dev.irsa.core.policy.GlobUnion;
import dev.irsa.core.policy.GlobUnion.InclusionResult.Within;
import dev.irsa.core.policy.SearchBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A pattern of ARNs. A wildcard stays within one of the six segments, which colons separate.
 *
 * <p>Source: "IAM JSON policy elements: Resource", and "Incorrect wildcard usage" of "IAM ARNs". A star "can expand to replace everything within a segment", and IAM
 * completes an ARN with fewer segments with stars.
 *
 * @param whole the pattern as written, as one text in which a wildcard also matches colons
 * @param segments six, or none for the pattern that matches every ARN
 */
public record ArnPattern(Glob whole, List<Glob> segments) {
    private static final String PREFIX = "arn:";
    private static final int SEGMENTS = 6;
    private static final int SERVICE = 2;
    private static final Pattern OF_S3 = Pattern.compile("arn:[^:]*:s3:::.*");
    private static final Pattern TYPE = Pattern.compile("[^/:]+[/:]");

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
        return new ArnPattern(Glob.of(text), parts.stream().map(Glob::of).toList());
    }

    private boolean isEverything() {
        return isStars(whole.pattern());
    }

    private static boolean isStars(String pattern) {
        return !pattern.isEmpty() && pattern.chars().allMatch(character -> character == '*');
    }

    /** Returns how much of what this pattern matches some of these patterns match. */
    Extent coveredBy(List<ArnPattern> others, SearchBudget effort) {
        if (isWithin(others, effort)) {
            return Extent.ALL;
        }
        return others.stream().anyMatch(other -> whole.overlaps(other.whole) || overlapsBySegment(other))
                ? Extent.SOME
                : Extent.NONE;
    }

    private boolean overlapsBySegment(ArnPattern other) {
        return !segments.isEmpty()
                && !other.segments.isEmpty()
                && IntStream.range(0, SEGMENTS).allMatch(i -> segments.get(i).overlaps(other.segments.get(i)));
    }

    private boolean isWithin(List<ArnPattern> others, SearchBudget effort) {
        if (others.stream().anyMatch(other -> other.isEverything() || other.whole.equals(whole))) {
            return true;
        }
        if (segments.isEmpty()) {
            return false;
        }
        List<Glob> last = others.stream()
                .filter(other -> !other.segments.isEmpty() && isWithinAllButLast(other, effort) && isNamedBy(other))
                .map(other -> other.segments.getLast())
                .toList();
        return isWithin(segments.getLast(), last, effort);
    }

    /**
     * Returns whether another pattern names the same service, and the same type of resources or all resources. Wildcards there are "not
     * allowed", and what IAM does with them is not documented. Objects in S3 have no type, but the name of their bucket.
     */
    private boolean isNamedBy(ArnPattern other) {
        if (!other.segments.get(SERVICE).equals(segments.get(SERVICE))) {
            return false;
        }
        Matcher type = TYPE.matcher(segments.getLast().pattern());
        String last = other.segments.getLast().pattern();
        return OF_S3.matcher(other.whole.pattern()).matches()
                || !type.lookingAt()
                || last.startsWith(type.group())
                || isStars(last);
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
