package dev.irsa.fake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cuts lists into pages by Marker and MaxItems. A marker names the last item that was given out, so that a list that
 * changes between two pages neither repeats nor skips what stayed.
 */
public final class Pages {
    private static final int DEFAULT_ITEMS = 100;
    private static final int MOST_ITEMS = 1000;

    private volatile int most = MOST_ITEMS;
    private volatile boolean startEmpty;

    /** IAM may give fewer items than asked for, and say that there are more. */
    public void atMost(int items) {
        most = items;
    }

    /** IAM may even give none at first, and say that there are more. */
    public void startEmpty(boolean yes) {
        startEmpty = yes;
    }

    /** Some items in the order of their keys, and where the next page begins, if there is one. */
    record Page<T>(List<T> items, Optional<String> marker) {
        boolean truncated() {
            return marker.isPresent();
        }

        @Nullable
        String markerOrNull() {
            return marker.orElse(null);
        }
    }

    <T> Page<T> cut(List<T> all, Function<T, String> key, @Nullable String marker, @Nullable Integer maxItems) {
        var size = size(maxItems);
        var after = marker == null ? "" : decode(marker);
        if (startEmpty && marker == null && !all.isEmpty()) {
            return new Page<>(List.of(), Optional.of(encode("")));
        }
        var rest = all.stream()
                .sorted(Comparator.comparing(key))
                .filter(item -> key.apply(item).compareTo(after) > 0)
                .toList();
        if (rest.size() <= size) {
            return new Page<>(rest, Optional.empty());
        }
        var items = rest.subList(0, size);
        return new Page<>(items, Optional.of(encode(key.apply(items.getLast()))));
    }

    private int size(@Nullable Integer maxItems) {
        var asked = maxItems == null ? DEFAULT_ITEMS : maxItems;
        if (asked < 1 || asked > MOST_ITEMS) {
            throw NameRules.constraint(
                    "maxItems", Integer.toString(asked), "Member must have value between 1 and " + MOST_ITEMS);
        }
        return Math.min(asked, most);
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().encodeToString(("after:" + key).getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String marker) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
            if (text.startsWith("after:")) {
                return text.substring("after:".length());
            }
        } catch (IllegalArgumentException e) {
            // Not one of ours, as below.
        }
        throw IamErrors.validation("Invalid Marker.");
    }
}
