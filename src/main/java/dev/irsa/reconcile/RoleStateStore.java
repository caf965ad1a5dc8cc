package dev.irsa.reconcile;

import dev.irsa.core.observed.RoleState;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.SweepObservation;
import dev.irsa.port.SweepObserver;
import dev.irsa.port.SweepSnapshot;
import dev.irsa.reconcile.scheduling.FailureCount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What this process remembers, by the UID of the resource; it is forgotten when the resource has gone. */
final class RoleStateStore implements SweepObserver {
    private final ConcurrentHashMap<String, Memory> byUid = new ConcurrentHashMap<>();
    private final Duration window;
    private volatile Instant processStart;
    /** What the last sweep saw of roles that no resource has asked for yet. */
    private volatile SweepSnapshot unclaimed = new SweepSnapshot(Instant.MIN, Map.of(), Set.of());

    RoleStateStore(Duration consistencyWindow, InstantSource clock) {
        this.window = consistencyWindow;
        this.processStart = clock.instant();
    }

    /** Until now another process may have written. */
    void begin(Instant now) {
        processStart = now;
    }

    Memory of(ResourceRef ref) {
        return byUid.computeIfAbsent(
                ref.uid(), unknown -> new Memory(ref, new CachedRoleState(window, processStart), new FailureCount()));
    }

    /**
     * This memory is about the role of that name. What a sweep saw before the resource was first reconciled is handed
     * over now, if the resource has been at rest since: of another its last deletion may not have been seen.
     *
     * @param lastWrite when another resource wrote to the role of that name
     */
    void isAbout(CachedRoleState memory, String roleName, boolean atRest, Optional<Instant> lastWrite) {
        if (memory.roleName().isEmpty()) {
            memory.isAbout(roleName);
            lastWrite.ifPresent(memory.doubt()::mayHaveWritten);
            SweepSnapshot snapshot = unclaimed;
            if (atRest && !snapshot.began().equals(Instant.MIN)) {
                snapshot.of(roleName).ifPresent(memory::deliver);
            }
        }
    }

    void forget(String uid) {
        byUid.remove(uid);
    }

    @Override
    public List<ResourceRef> saw(SweepSnapshot snapshot) {
        // Published whole before it is handed out: a resource that comes meanwhile finds it here or is found below.
        unclaimed = snapshot;
        Map<String, RoleState> rest = new HashMap<>(snapshot.roles());
        Set<String> unclear = new HashSet<>(snapshot.unclear());
        List<ResourceRef> concerned = new ArrayList<>();
        for (Memory memory : byUid.values()) {
            memory.role().roleName().ifPresent(name -> {
                if (tell(memory.role(), name, snapshot)) {
                    concerned.add(memory.ref());
                }
                rest.remove(name);
                unclear.add(name);
            });
        }
        unclaimed = new SweepSnapshot(snapshot.began(), rest, unclear);
        return concerned;
    }

    /** Answers whether the resource has to be reconciled. */
    private static boolean tell(CachedRoleState role, String name, SweepSnapshot snapshot) {
        Optional<SweepObservation> sighting = snapshot.of(name);
        if (sighting.isEmpty()) {
            return role.isUnclear(snapshot.began());
        }
        return role.deliver(sighting.get());
    }

    @Override
    public List<ResourceRef> watched() {
        return byUid.values().stream()
                .filter(memory -> memory.role().roleName().isPresent())
                .map(Memory::ref)
                .toList();
    }

    @Override
    public void lookAgain(ResourceRef resource) {
        Optional.ofNullable(byUid.get(resource.uid()))
                .ifPresent(memory -> memory.role().lookAgain(PendingObservation.Look.ROUTINE));
    }

    /**
     * What is remembered of one resource.
     *
     * @param ref the resource
     * @param role its role
     * @param tries its failures in a row
     */
    record Memory(ResourceRef ref, CachedRoleState role, FailureCount tries) {}
}
