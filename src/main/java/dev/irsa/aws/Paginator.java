package dev.irsa.aws;

import dev.irsa.core.permissions.AwsAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list that IAM answers in pages. A page may be short, or empty, and still not be the last ("IAM API
 * reference": IsTruncated); what cannot come to an end ends with a failure.
 */
final class Paginator {
    /** The largest account there may be has some ten thousand roles, and a page rarely less than a few. */
    private static final int MOST = 20_000;

    private Paginator() {}

    /**
     * All elements.
     *
     * @param action the call, for the message
     * @param read reads the page at a marker; null: the first
     */
    static <T> List<T> all(AwsAction action, Function<@Nullable String, Page<T>> read) {
        List<T> elements = new ArrayList<>();
        each(action, read, elements::addAll);
        return elements;
    }

    /** Hands over page after page. */
    static <T> void each(AwsAction action, Function<@Nullable String, Page<T>> read, Consumer<List<T>> take) {
        Set<String> seen = new HashSet<>();
        Next next = one(read, null, take);
        while (next.truncated()) {
            // A marker that comes again, or none where there is more, would have us read for ever or stop half-way.
            if (next.marker() == null || !seen.add(next.marker()) || seen.size() > MOST) {
                throw AwsCalls.unreadable(action);
            }
            next = one(read, next.marker(), take);
        }
    }

    /** A page is let go before the next is read: two of them may be more than there is memory for. */
    private static <T> Next one(
            Function<@Nullable String, Page<T>> read, @Nullable String marker, Consumer<List<T>> take) {
        Page<T> page = read.apply(marker);
        take.accept(page.elements());
        return new Next(page.truncated(), page.marker());
    }

    private record Next(boolean truncated, @Nullable String marker) {}

    /**
     * One page.
     *
     * @param truncated whether there are more
     * @param marker of the next
     */
    record Page<T>(
            List<T> elements, boolean truncated, @Nullable String marker) {
        static <T> Page<T> of(List<T> elements, @Nullable Boolean truncated, @Nullable String marker) {
            return new Page<>(elements, Boolean.TRUE.equals(truncated), marker);
        }
    }
}
