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
 * Reads a list that IAM returns in pages. A page can be short or empty without being the last one ("IAM API
 * reference": IsTruncated). A list that does not end is reported as a failure.
 */
final class Paginator {
    /** The largest accounts have about ten thousand roles, and a page rarely has fewer than a few of them. */
    private static final int MAX_PAGES = 20_000;

    private Paginator() {}

    /**
     * Returns all elements.
     *
     * @param action the IAM action, for the failure message
     * @param read reads the page at a marker; null for the first page
     */
    static <T> List<T> all(AwsAction action, Function<@Nullable String, Page<T>> read) {
        List<T> elements = new ArrayList<>();
        each(action, read, elements::addAll);
        return elements;
    }

    /** Passes each page to {@code take}. */
    static <T> void each(AwsAction action, Function<@Nullable String, Page<T>> read, Consumer<List<T>> take) {
        Set<String> seen = new HashSet<>();
        Next next = one(read, null, take);
        while (next.truncated()) {
            // With a repeated marker the loop would never end. Without a marker, the list would be incomplete.
            if (next.marker() == null || !seen.add(next.marker()) || seen.size() > MAX_PAGES) {
                throw AwsCalls.unreadable(action);
            }
            next = one(read, next.marker(), take);
        }
    }

    /** Reads one page. No reference to it remains, because two pages at a time may not fit in memory. */
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
     * @param truncated whether there are more pages
     * @param marker the marker of the next page
     */
    record Page<T>(
            List<T> elements, boolean truncated, @Nullable String marker) {
        static <T> Page<T> of(List<T> elements, @Nullable Boolean truncated, @Nullable String marker) {
            return new Page<>(elements, Boolean.TRUE.equals(truncated), marker);
        }
    }
}
