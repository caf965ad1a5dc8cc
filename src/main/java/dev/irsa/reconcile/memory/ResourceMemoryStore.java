package dev.irsa.reconcile.memory;

import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.consistency.WriteHistory.WritingProcess;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.port.AssociationSweepListener;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.RoleSweepListener;
import dev.irsa.port.SweepObservation;
import dev.irsa.port.SweepSnapshot;
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

/**
 * Stores what this process knows about each resource and its role, by the UID of the resource, and receives what sweeps
 * observe.
 */
public final class ResourceMemoryStore implements RoleSweepListener, AssociationSweepListener {
    private final ConcurrentHashMap<String, ResourceMemory> byUid = new ConcurrentHashMap<>();
    /** A replica that waited to lead for longer may have a clock that differs from that of the API server. */
    private static final Duration STANDBY = Duration.ofSeconds(10);

    private final Duration window;
    private final Instant started;
    private volatile Instant workingSince;
    /** Resources that were created later have no writes of an earlier process. */
    private volatile Instant aloneSince;
    /** What the last sweep observed of roles that no resource has asked for yet. */
    private volatile SweepSnapshot unclaimed = new SweepSnapshot(Instant.MIN, Map.of(), Set.of());

    public ResourceMemoryStore(Duration consistencyWindow, InstantSource clock) {
        this.window = consistencyWindow;
        this.started = clock.instant();
        this.workingSince = started;
        this.aloneSince = started;
    }

    /** Records that this process starts to work now. Until now another process may have written. */
    public void begin(Instant now) {
        workingSince = now;
        aloneSince = now.isAfter(started.plus(STANDBY)) ? now.plus(window) : now;
    }

    /** Records that this store replaces another one of this process, through which writes may be in flight. */
    public void takeOver(Instant now) {
        workingSince = now;
        aloneSince = now.plus(window);
    }

    public ResourceMemory of(ResourceRef ref) {
        return byUid.computeIfAbsent(
                ref.uid(),
                unknown ->
                        new ResourceMemory(ref, WriteHistory.of(new WritingProcess(window, workingSince, aloneSince))));
    }

    /**
     * Assigns the role of that name to a resource, once. A resource that has been up to date since is offered what the last
     * sweep observed. For any other, the sweep may have missed the deletion of a previous resource of that name.
     *
     * @param lastWrite when another resource last wrote to the role of that name
     */
    public void assign(RoleMemory role, String roleName, boolean upToDate, Optional<Instant> lastWrite) {
        if (role.roleName().isPresent()) {
            return;
        }
        role.roleName(roleName);
        lastWrite.ifPresent(write -> role.record(before -> before.mayHaveWritten(write)));
        SweepSnapshot snapshot = unclaimed;
        if (upToDate && !snapshot.began().equals(Instant.MIN)) {
            snapshot.of(roleName).ifPresent(role::offer);
        }
    }

    public void forget(String uid) {
        byUid.remove(uid);
    }

    @Override
    public List<ResourceRef> observed(SweepSnapshot snapshot) {
        // Published before it is handed out: a resource that is added meanwhile finds it here or is found below.
        unclaimed = snapshot;
        Map<String, RoleState> rest = new HashMap<>(snapshot.roles());
        Set<String> unclear = new HashSet<>(snapshot.unclear());
        List<ResourceRef> concerned = new ArrayList<>();
        for (ResourceMemory memory : byUid.values()) {
            memory.role().roleName().ifPresent(name -> {
                if (offer(memory, name, snapshot)) {
                    concerned.add(memory.ref());
                }
                rest.remove(name);
                unclear.add(name);
            });
        }
        unclaimed = new SweepSnapshot(snapshot.began(), rest, unclear);
        return concerned;
    }

    @Override
    public Map<String, ResourceRef> associated() {
        Map<String, ResourceRef> associated = new HashMap<>();
        byUid.values().forEach(memory -> ids(memory).forEach(id -> associated.put(id, memory.ref())));
        return associated;
    }

    @Override
    public void observed(String id, Optional<ObservedAssociation> shown, Instant asked) {
        byUid.values().stream()
                .filter(memory -> ids(memory).contains(id))
                .forEach(memory -> memory.delivery().offer(new AssociationSighting(id, shown, asked)));
    }

    private static Set<String> ids(ResourceMemory memory) {
        return memory.delivery().history().ids();
    }

    private static boolean offer(ResourceMemory memory, String roleName, SweepSnapshot snapshot) {
        Optional<SweepObservation> observation = snapshot.of(roleName);
        return observation.isPresent()
                ? memory.role().offer(observation.get())
                : memory.role().offerUnclear(snapshot.began());
    }

    @Override
    public List<ResourceRef> resources() {
        return byUid.values().stream()
                .filter(memory -> memory.role().roleName().isPresent())
                .map(ResourceMemory::ref)
                .toList();
    }

    @Override
    public void requestRead(ResourceRef resource) {
        Optional.ofNullable(byUid.get(resource.uid()))
                .ifPresent(memory -> memory.role().request(RequestedRead.ROUTINE));
    }
}
