package dev.irsa.port;

import dev.irsa.core.observed.RoleState;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one whole sweep saw of our roles.
 *
 * @param began when reading began: it says nothing of what was written after that, or shortly before
 * @param roles by name
 * @param unclear names of roles that changed while they were read, or cannot be read: of these it says nothing
 */
public record SweepSnapshot(Instant began, Map<String, RoleState> roles, Set<String> unclear) {
    public SweepSnapshot {
        // In the order of their names, so that what comes of them comes in the same order in each process.
        roles = Collections.unmodifiableMap(new TreeMap<>(roles));
        unclear = Collections.unmodifiableSet(new TreeSet<>(unclear));
    }

    /** What was seen of a role; empty when nothing is known of it. */
    public Optional<SweepObservation> of(String roleName) {
        return unclear.contains(roleName)
                ? Optional.empty()
                : Optional.of(new SweepObservation(began, Optional.ofNullable(roles.get(roleName))));
    }
}
