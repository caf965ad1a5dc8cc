package dev.irsa.core.desired;

import dev.irsa.core.ownership.TagKeys;
import dev.irsa.core.ownership.UserTags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The tags that every role has by the configuration of the operator, for example because an SCP demands them. A spec cannot
 * override them.
 *
 * @param tags the values by key; no two keys differ only in case
 */
public record ConfiguredRoleTags(SortedMap<String, String> tags) {
    /** No such tags. */
    public static final ConfiguredRoleTags NONE = new ConfiguredRoleTags(Collections.emptySortedMap());

    /**
     * The maximum number of tags of a role, without those of the operator's own prefix. IAM accepts 50. The rest is for the
     * operator's tags, and their keys fit into the record of {@link UserTags}.
     */
    public static final int MAX = 40;

    private static final int KEY_MAX = 128;
    private static final int VALUE_MAX = 256;
    /** Source: "Tag" of the IAM API Reference. */
    private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*");

    private static final String ALLOWED = "use only letters, digits, spaces and the characters _.:/=+@-";

    public ConfiguredRoleTags {
        TreeMap<String, String> sorted = new TreeMap<>(TagKeys.ORDER);
        sorted.putAll(tags);
        tags = Collections.unmodifiableSortedMap(sorted);
    }

    /** Returns the keys, which compare regardless of case. */
    public Set<String> keys() {
        return tags.keySet();
    }

    /** Returns why IAM or the operator rejects a tag; empty if it is valid. */
    public static Optional<String> problem(String key, String value) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (length(key) < 1 || length(key) > KEY_MAX) {
            return Optional.of("the key must have 1 to " + KEY_MAX + " characters");
        }
        if (length(value) > VALUE_MAX) {
            return Optional.of("the value must have at most " + VALUE_MAX + " characters");
        }
        if (!CHARACTERS.matcher(key + value).matches()) {
            return Optional.of("it contains a character that IAM rejects; " + ALLOWED);
        }
        if (!key.strip().equals(key) || !value.strip().equals(value)) {
            return Optional.of("key and value must not begin or end with a space");
        }
        if (lower.startsWith("aws:") || value.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            return Optional.of("the prefix aws: is reserved for AWS, regardless of case; choose another prefix");
        }
        if (UserTags.imitatesSessionTag(key)) {
            return Optional.of(
                    "the prefixes " + UserTags.SESSION_PREFIXES + " are reserved for the session tags of EKS Pod"
                            + " Identity, regardless of case; choose another key");
        }
        return UserTags.isUserTag(key)
                ? Optional.empty()
                : Optional.of("the prefix irsa.dev/ is reserved for the operator's own tags, regardless of case;"
                        + " choose another key");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Returns why a role cannot have these tags of a user as well; empty if it can. */
    public Optional<String> conflict(Map<String, String> userTags) {
        List<String> imitations =
                userTags.keySet().stream().filter(UserTags::imitatesSessionTag).toList();
        if (!imitations.isEmpty()) {
            return Optional.of(
                    String.join(", ", imitations) + " imitates a session tag of EKS Pod Identity; the prefixes "
                            + UserTags.SESSION_PREFIXES + " are reserved, regardless of case; choose another key");
        }
        Optional<String> reserved = userTags.keySet().stream()
                .filter(key -> !UserTags.isUserTag(key))
                .findFirst();
        if (reserved.isPresent()) {
            return Optional.of(
                    reserved.get() + " is reserved for AWS or for the operator's own tags; choose another key");
        }
        List<String> taken = new ArrayList<>(userTags.keySet());
        taken.removeIf(key -> !tags.containsKey(key));
        if (!taken.isEmpty()) {
            return Optional.of("the operator sets " + String.join(", ", taken)
                    + " on every role (--role-tags), and a resource cannot override it; tag keys are not"
                    + " case-sensitive; remove " + (taken.size() == 1 ? "it" : "them"));
        }
        int all = tags.size() + userTags.size();
        return all <= MAX
                ? Optional.empty()
                : Optional.of("the resource has " + userTags.size() + " tags and the operator adds " + tags.size()
                        + " from --role-tags; a role can have " + MAX + " in total; remove " + (all - MAX));
    }
}
