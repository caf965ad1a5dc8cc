package dev.irsa.core.desired;

import dev.irsa.core.policy.Glob;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The roles that the operator may adopt, in addition to those under its role path.
 *
 * @param paths under each of which it may adopt any role; each begins and ends with a slash
 * @param roles the other roles that it may adopt
 */
public record AdoptionScope(Set<String> paths, List<RolePattern> roles) {
    /** No roles. */
    public static final AdoptionScope NONE = of(Set.of(), Set.of());

    public AdoptionScope {
        paths = Collections.unmodifiableSet(new TreeSet<>(paths));
        roles = List.copyOf(roles);
    }

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

    /**
     * Returns the roles under these paths, and those that match these patterns.
     *
     * @param roles path and name of each, with {@code *} in the name only
     */
    public static AdoptionScope of(Collection<String> paths, Collection<String> roles) {
        return new AdoptionScope(
                new TreeSet<>(paths),
                roles.stream().sorted().map(RolePattern::of).distinct().toList());
    }

    /** Returns whether all roles with this path may be adopted. */
    public boolean coversPath(String path) {
        return paths.stream().anyMatch(path::startsWith);
    }

    /** Returns whether the role may be adopted. */
    public boolean covers(String path, String name) {
        return coversPath(path) || roles.stream().anyMatch(pattern -> pattern.matches(path, name));
    }

    /** Returns this without the roles under a path. */
    public AdoptionScope outside(String rolePath) {
        return new AdoptionScope(
                new TreeSet<>(paths.stream()
                        .filter(path -> !path.startsWith(rolePath))
                        .toList()),
                roles.stream()
                        .filter(pattern -> !pattern.path().startsWith(rolePath))
                        .toList());
    }

    /** Returns the patterns of the roles as they are written in flags. */
    public List<String> roleTexts() {
        return roles.stream().map(RolePattern::text).toList();
    }
}
