package dev.irsa.fake;

import java.util.Map;

/**
 * Rights as a careful policy gives them: writes under a path, to roles with certain tags.
 *
 * @param pathPrefix begins and ends with a slash
 * @param requiredTags by key; {@code *} stands for any value
 * @param creates whether roles may be made there, too
 */
public record ScopedRights(String pathPrefix, Map<String, String> requiredTags, boolean creates) {
    public ScopedRights {
        requiredTags = Map.copyOf(requiredTags);
    }

    /** Those that include making roles. */
    public ScopedRights(String pathPrefix, Map<String, String> requiredTags) {
        this(pathPrefix, requiredTags, true);
    }

    boolean allowCreation(String path, Map<String, String> tags) {
        return creates && allow(path, tags);
    }

    boolean allow(String path, Map<String, String> tags) {
        return path.startsWith(pathPrefix)
                && requiredTags.entrySet().stream()
                        .allMatch(required -> tags.entrySet().stream()
                                .anyMatch(tag -> tag.getKey().equalsIgnoreCase(required.getKey())
                                        && (required.getValue().equals("*")
                                                || tag.getValue().equals(required.getValue()))));
    }
}
