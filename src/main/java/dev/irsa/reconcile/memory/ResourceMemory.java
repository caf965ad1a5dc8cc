package dev.irsa.reconcile.memory;

import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.scheduling.FailureCount;
import java.time.Instant;
import java.util.Optional;

/** What this process remembers of one resource between its reconciles. */
public final class ResourceMemory {
    private final ResourceRef ref;
    private final RoleMemory role;
    private final DeliveryMemory delivery = new DeliveryMemory();
    private Optional<CheckedTrust> checkedTrust = Optional.empty();
    private FinalizerState finalizer = FinalizerState.UNCONFIRMED;
    private FailureCount failures = FailureCount.NONE;
    private Optional<Instant> deletionSeen = Optional.empty();

    public ResourceMemory(ResourceRef ref, WriteHistory history) {
        this.ref = ref;
        this.role = new RoleMemory(history);
    }

    public ResourceRef ref() {
        return ref;
    }

    public RoleMemory role() {
        return role;
    }

    public DeliveryMemory delivery() {
        return delivery;
    }

    /** Returns what was last found out about the role of others that the resource names; empty if nothing yet. */
    public Optional<CheckedTrust> checkedTrust() {
        return checkedTrust;
    }

    public void checkedTrust(CheckedTrust checked) {
        checkedTrust = Optional.of(checked);
    }

    public FinalizerState finalizer() {
        return finalizer;
    }

    public void finalizer(FinalizerState state) {
        finalizer = state;
    }

    /** Records that this process added the finalizer, after which the role may be written. */
    public void finalizerAdded(Instant now) {
        finalizer = FinalizerState.ADDED;
        role.record(before -> before.finalizerAdded(now));
    }

    /** Records that the resource is being deleted. */
    public void sawDeletion(Instant now) {
        deletionSeen = deletionSeen.or(() -> Optional.of(now));
    }

    /** Returns when this process first saw that the resource is being deleted; throws if it did not. */
    public Instant deletionSeen() {
        return deletionSeen.orElseThrow();
    }

    public FailureCount failures() {
        return failures;
    }

    public void failures(FailureCount count) {
        failures = count;
    }
}
