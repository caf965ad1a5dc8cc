package dev.irsa.port;

import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.RoleHolder;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one complete sweep observed of the roles of this cluster.
 *
 * @param began when reading began; the snapshot may not show writes after that time, or shortly before it
 * @param roles the roles by name
 * @param unclear the names of roles that changed during the sweep or are unreadable, whose state is therefore unknown
 * @param holders the resources of this cluster that roles belong or are offered to, by the name of the role; also of roles that
 *     are unclear
 * @param names the names of all roles of the account, also of those of others
 */
public record SweepSnapshot(
        Instant began,
        Map<String, RoleState> roles,
        Set<String> unclear,
        Map<String, RoleHolder> holders,
        Set<String> names) {
    public SweepSnapshot {
        // Sorted by name, so that every process handles the roles in the same order.
        roles = Collections.unmodifiableMap(new TreeMap<>(roles));
        unclear = Collections.unmodifiableSet(new TreeSet<>(unclear));
        holders = Collections.unmodifiableMap(new TreeMap<>(holders));
        names = Set.copyOf(names);
    }

    /** Creates a snapshot of an account without roles of others. */
    public SweepSnapshot(
            Instant began, Map<String, RoleState> roles, Set<String> unclear, Map<String, RoleHolder> holders) {
        this(began, roles, unclear, holders, union(roles.keySet(), unclear));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    /** Creates a snapshot of roles whose resources do not matter. */
    public SweepSnapshot(Instant began, Map<String, RoleState> roles, Set<String> unclear) {
        this(began, roles, unclear, Map.of());
    }

    /** Returns whether a role exists, also one of others or whose state is unknown. */
    public boolean shows(String roleName) {
        return names.contains(roleName);
    }

    /** Returns the observation of a role; empty when its state is unknown. */
    public Optional<SweepObservation> of(String roleName) {
        return unclear.contains(roleName)
                ? Optional.empty()
                : Optional.of(new SweepObservation(began, Optional.ofNullable(roles.get(roleName))));
    }
}
