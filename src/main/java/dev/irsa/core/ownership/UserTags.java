package dev.irsa.core.ownership;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * Remembers, on the role itself, which of its tags came from the spec. A tag that leaves the spec must leave the
 * role (tags are privileges: they become {@code aws:PrincipalTag}), while a tag that somebody else put there
 * stays; only the role can tell the two apart after a restart of the operator. The keys do not fit into the 256
 * characters of a tag value, so each is kept as six characters of its checksum.
 */
public final class UserTags {
    /** The tag that holds the memory. */
    public static final String KEY = Owner.PREFIX + "user-tags";

    private static final int WIDTH = 6;

    private UserTags() {}

    /** The value of {@link #KEY} for these keys: at most 42 of them fit. */
    public static String remember(Collection<String> keys) {
        TreeSet<String> marks = new TreeSet<>();
        keys.forEach(key -> marks.add(mark(key)));
        return String.join("", marks);
    }

    /** Those tags of the role that came from a spec, ours excluded. */
    public static Set<String> remembered(Map<String, String> roleTags) {
        TreeMap<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        tags.putAll(roleTags);
        String memory = tags.getOrDefault(KEY, "");
        TreeSet<String> marks = new TreeSet<>();
        for (int i = 0; i + WIDTH <= memory.length(); i += WIDTH) {
            marks.add(memory.substring(i, i + WIDTH));
        }
        TreeSet<String> keys = new TreeSet<>();
        for (String key : roleTags.keySet()) {
            if (isUsers(key) && marks.contains(mark(key))) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** Whether the key is none of the operator's. */
    public static boolean isUsers(String key) {
        return !key.toLowerCase(Locale.ROOT).startsWith(Owner.PREFIX);
    }

    private static String mark(String key) {
        CRC32C checksum = new CRC32C();
        checksum.update(key.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        String digits = Long.toString(checksum.getValue() % 2_176_782_336L, 36);
        return "0".repeat(WIDTH - digits.length()) + digits;
    }
}
