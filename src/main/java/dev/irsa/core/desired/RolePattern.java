package dev.irsa.core.desired;

import dev.irsa.core.policy.Glob;

/**
 * Roles of one path, by name.
 *
 * @param path begins and ends with a slash; roles under a longer path do not match
 * @param name a pattern in which {@code *} matches any characters
 */
public record RolePattern(String path, Glob name) {
    /** Reads {@code /path/name}, with {@code *} in the name only. Adjacent stars mean the same as one. */
    public static RolePattern of(String pathAndName) {
        int end = pathAndName.lastIndexOf('/') + 1;
        String name = pathAndName.substring(end).replaceAll("\\*+", "*");
        return new RolePattern(pathAndName.substring(0, end), Glob.of(name));
    }

    /** Returns whether a role matches. IAM keeps the case of names, so it counts. */
    public boolean matches(String rolePath, String roleName) {
        return path.equals(rolePath) && name.matches(roleName);
    }

    /** Returns the pattern as it is written in a flag. */
    public String text() {
        return path + name.pattern();
    }
}
