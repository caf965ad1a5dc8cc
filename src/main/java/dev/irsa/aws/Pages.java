package dev.irsa.aws;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a list that IAM answers in pages. */
final class Pages {
    private Pages() {}

    /**
     * All elements. A marker that comes twice ends it with a failure rather than never.
     *
     * @param read reads the page at a marker; null: the first
     */
    static <T> List<T> all(Function<@Nullable String, Page<T>> read) {
        List<T> elements = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Page<T> page = read.apply(null);
        elements.addAll(page.elements());
        while (page.next() != null) {
            if (!seen.add(page.next())) {
                throw AwsCalls.unreadable("a list");
            }
            page = read.apply(page.next());
            elements.addAll(page.elements());
        }
        return elements;
    }

    /**
     * One page.
     *
     * @param next the marker of the next; null: there is none
     */
    record Page<T>(List<T> elements, @Nullable String next) {}
}
