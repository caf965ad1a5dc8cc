package dev.irsa.config;

import dev.irsa.core.desired.ConfiguredRoleTags;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Parses and validates the tags that every role has by configuration. */
final class RoleTagsParser {
    private static final String FLAG = "--role-tags";

    private RoleTagsParser() {}

    /** Returns the tags, each given as {@code key=value}; the first equals sign separates the two. */
    static ConfiguredRoleTags roleTags(List<String> given, ConfigReader reading) {
        TreeMap<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String tag : given) {
            if (!tag.isEmpty()) {
                add(tag, tags, reading);
            }
        }
        if (tags.size() > ConfiguredRoleTags.MAX) {
            reading.problem(
                    FLAG,
                    tags.size() + " tags",
                    "a role can have " + ConfiguredRoleTags.MAX
                            + " tags of this flag and of spec.role.tags in total; set fewer");
        }
        return new ConfiguredRoleTags(tags);
    }

    private static void add(String tag, NavigableMap<String, String> tags, ConfigReader reading) {
        int separator = tag.indexOf('=');
        if (separator < 0) {
            reading.problem(FLAG, tag, "it must be key=value, such as team=payments");
            return;
        }
        String key = tag.substring(0, separator);
        String value = tag.substring(separator + 1);
        ConfiguredRoleTags.problem(key, value).ifPresent(why -> reading.problem(FLAG, tag, why));
        if (tags.containsKey(key)) {
            reading.problem(
                    FLAG,
                    tag,
                    "the key is already set as " + tags.ceilingKey(key)
                            + ", and tag keys are not case-sensitive; set each key once");
        }
        tags.putIfAbsent(key, value);
    }
}
