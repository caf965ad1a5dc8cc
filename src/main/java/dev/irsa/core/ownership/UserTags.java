package dev.irsa.core.ownership;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Records which tags of a role came from the spec, in a tag of the role. A tag that is removed from the spec must be removed
 * from the role, because tags are privileges ({@code aws:PrincipalTag}). A tag that another user added stays. After a restart
 * of the operator only the role can distinguish the two. The keys do not fit into the 256 characters of a tag value, so each
 * is recorded as six characters of its checksum.
 */
public final class UserTags {
    /** The tag that holds the record. */
    public static final String KEY = OwnershipTags.PREFIX + "user-tags";

    /** The prefix of the tags that AWS sets, such as those of a stack. No client can set or remove them. */
    private static final String AWS = "aws:";

    /**
     * The reserved beginnings of the tags by which EKS Pod Identity describes the pod of a session, as a message names them. A role
     * without EKS Pod Identity could imitate those tags with tags of its own, because a policy reads both as
     * {@code aws:PrincipalTag}.
     *
     * <p>Source: "Grant Pods access to AWS resources based on tags" of the Amazon EKS user guide.
     */
    public static final String SESSION_PREFIXES = "kubernetes- and eks-cluster-";

    /** Keys compare regardless of case, also for letters outside ASCII that fold into it. */
    private static final Pattern SESSION = Pattern.compile("(?iu)(?:kubernetes-|eks-cluster-).*");

    private static final int WIDTH = 6;

    private UserTags() {}

    /** Returns the value of {@link #KEY} for these keys. At most 42 of them fit. */
    public static String record(Collection<String> keys) {
        TreeSet<String> marks = new TreeSet<>();
        keys.forEach(key -> marks.add(mark(key)));
        return String.join("", marks);
    }

    /** Returns these tags, with the record of those that are not the operator's own. Without any, there is no record. */
    public static SortedMap<String, String> recordedIn(Map<String, String> tags) {
        TreeMap<String, String> all = new TreeMap<>(tags);
        List<String> keys = tags.keySet().stream().filter(UserTags::isUserTag).toList();
        if (!keys.isEmpty()) {
            all.put(KEY, record(keys));
        }
        return all;
    }

    /** Returns the keys of the tags that came from a spec. */
    public static Set<String> recorded(Map<String, String> roleTags) {
        TreeMap<String, String> tags = new TreeMap<>(TagKeys.ORDER);
        tags.putAll(roleTags);
        String record = tags.getOrDefault(KEY, "");
        TreeSet<String> marks = new TreeSet<>();
        for (int i = 0; i + WIDTH <= record.length(); i += WIDTH) {
            marks.add(record.substring(i, i + WIDTH));
        }
        TreeSet<String> keys = new TreeSet<>();
        for (String key : roleTags.keySet()) {
            if (isUserTag(key) && marks.contains(mark(key))) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** Returns whether the key is neither one of the operator's nor one of AWS. */
    public static boolean isUserTag(String key) {
        return !startsWith(key, OwnershipTags.PREFIX) && !startsWith(key, AWS);
    }

    /** Returns whether a tag with this key would imitate a session tag of EKS Pod Identity. */
    public static boolean imitatesSessionTag(String key) {
        return SESSION.matcher(key).matches();
    }

    /** Compares as {@link String#equalsIgnoreCase} does: a dotless i is then an i. */
    private static boolean startsWith(String key, String prefix) {
        return key.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static String mark(String key) {
        CRC32C checksum = new CRC32C();
        checksum.update(key.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        String digits = Long.toString(checksum.getValue() % 2_176_782_336L, 36);
        return "0".repeat(WIDTH - digits.length()) + digits;
    }
}
