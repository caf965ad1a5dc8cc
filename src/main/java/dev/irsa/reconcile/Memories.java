package dev.irsa.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/** What this process remembers, by the UID of the resource; it is forgotten when the resource has gone. */
final class Memories {
    private final ConcurrentHashMap<String, Memory> byUid = new ConcurrentHashMap<>();
    private final Duration window;
    private final Instant processStart;

    Memories(Duration consistencyWindow, InstantSource clock) {
        this.window = consistencyWindow;
        this.processStart = clock.instant();
    }

    Memory of(String uid) {
        return byUid.computeIfAbsent(uid, unknown -> new Memory(new RoleMemory(window, processStart), new Tries()));
    }

    void forget(String uid) {
        byUid.remove(uid);
    }

    /**
     * What is remembered of one resource.
     *
     * @param role its role
     * @param tries its failures in a row
     */
    record Memory(RoleMemory role, Tries tries) {}
}
