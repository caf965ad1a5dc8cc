package dev.irsa.core.desired;

import dev.irsa.core.policy.PolicyDocument;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A role as it should be.
 *
 * @param identity its name, path, ARN and owner
 * @param description at most 1000 characters
 * @param maxSessionSeconds 3600 to 43200
 * @param boundary ARN of the permissions boundary
 * @param tags the ownership tags and the user's
 * @param trust who may assume it
 * @param managed ARNs of the managed policies
 * @param inline inline policies by name
 * @param origin how one comes to be it
 */
public record DesiredRole(
        RoleIdentity identity,
        String description,
        int maxSessionSeconds,
        Optional<String> boundary,
        SortedMap<String, String> tags,
        PolicyDocument trust,
        SortedSet<String> managed,
        SortedMap<String, PolicyDocument> inline,
        RoleOrigin origin) {
    public DesiredRole {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        managed = Collections.unmodifiableSortedSet(new TreeSet<>(managed));
        inline = Collections.unmodifiableSortedMap(new TreeMap<>(inline));
    }

    /** The same with this permissions boundary; with its own when there is none. */
    public DesiredRole boundedBy(Optional<String> given) {
        return new DesiredRole(
                identity,
                description,
                maxSessionSeconds,
                given.or(() -> boundary),
                tags,
                trust,
                managed,
                inline,
                origin);
    }

    /** Its name. */
    public String name() {
        return identity.name();
    }
}
