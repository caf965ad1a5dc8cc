package dev.irsa.reconcile.authorization;

import dev.irsa.port.ResourceRef;
import dev.irsa.port.SweepSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The roles in IAM that belong to a resource of each namespace or are offered to one, whether or not that resource exists. They
 * are proven by the last complete sweep, and by what this process wrote or read since. A status proves nothing.
 */
public final class ExistingRoles {
    private final Duration window;
    private final InstantSource clock;
    private final boolean assumed;
    private boolean complete;
    private Map<String, Map<String, String>> swept = Map.of();
    private final Map<String, Map<String, Own>> own = new HashMap<>();

    /**
     * What this process knows of a role.
     *
     * @param resource the resource that the role names; empty if the role is deleted
     */
    private record Own(Instant at, Optional<String> resource) {}

    private ExistingRoles(Duration window, InstantSource clock, boolean assumed) {
        this.window = window;
        this.clock = clock;
        this.assumed = assumed;
        this.complete = assumed;
    }

    /** Creates the roles of an operator that has not swept yet. A sweep may not show a write for this window. */
    public ExistingRoles(Duration consistencyWindow, InstantSource clock) {
        this(consistencyWindow, clock, false);
    }

    /** Returns the roles of a preview, which lists none and therefore trusts the statuses. */
    public static ExistingRoles assumed() {
        return new ExistingRoles(Duration.ZERO, () -> Instant.EPOCH, true);
    }

    /** Returns whether the statuses are trusted, because no sweep will prove anything. */
    boolean areAssumed() {
        return assumed;
    }

    /** Returns whether a sweep has shown the roles that existed when this process started. */
    synchronized boolean areComplete() {
        return complete;
    }

    /** Records that a role belongs to this resource, or is offered to it. */
    public synchronized void add(ResourceRef resource, String role) {
        record(resource, role, Optional.of(resource.name()));
    }

    /** Records that the role of this resource does not exist. */
    public synchronized void remove(ResourceRef resource, String role) {
        record(resource, role, Optional.empty());
    }

    private void record(ResourceRef resource, String role, Optional<String> holder) {
        Instant now = clock.instant();
        Map<String, Own> known = own.computeIfAbsent(resource.namespace(), _ -> new HashMap<>());
        // Without permission to list roles, no sweep ever confirms that a role is deleted.
        known.values()
                .removeIf(earlier -> earlier.resource().isEmpty()
                        && earlier.at().plus(window).plus(window).isBefore(now));
        known.put(role, new Own(now, holder));
    }

    /** Returns the resource that each role of the namespace names, by the name of the role. */
    synchronized SortedMap<String, String> of(String namespace) {
        TreeMap<String, String> roles = new TreeMap<>(swept.getOrDefault(namespace, Map.of()));
        own.getOrDefault(namespace, Map.of())
                .forEach((role, known) ->
                        known.resource().ifPresentOrElse(name -> roles.put(role, name), () -> roles.remove(role)));
        return Collections.unmodifiableSortedMap(roles);
    }

    /**
     * Replaces what is known by what a complete sweep observed, except for what it may not show yet.
     *
     * @return whether it is the first one
     */
    synchronized boolean observed(SweepSnapshot snapshot) {
        Map<String, Map<String, String>> now = new HashMap<>();
        snapshot.holders()
                .forEach((role, holder) -> now.computeIfAbsent(holder.namespace(), _ -> new HashMap<>())
                        .put(role, holder.resource()));
        swept = now;
        own.values().forEach(known -> known.values().removeIf(write -> isCovered(write, snapshot)));
        own.values().removeIf(Map::isEmpty);
        boolean first = !complete;
        complete = true;
        return first;
    }

    private boolean isCovered(Own write, SweepSnapshot snapshot) {
        return !snapshot.began().isBefore(write.at().plus(window));
    }
}
