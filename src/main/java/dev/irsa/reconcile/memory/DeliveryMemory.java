package dev.irsa.reconcile.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What this process knows about how one role is delivered. Only the reconcile of the resource changes it. The sweep's thread
 * reads it and calls {@link #offer}, and the next reconcile takes what was offered.
 */
public final class DeliveryMemory {
    private volatile DeliveryHistory history = DeliveryHistory.NONE;
    private final Map<String, AssociationSighting> offered = new LinkedHashMap<>(); // guarded by this, by ID
    private long ownNameReleased;

    public DeliveryHistory history() {
        return history;
    }

    public void update(UnaryOperator<DeliveryHistory> change) {
        history = change.apply(history);
    }

    /** Records that the ServiceAccount with the name of the resource was released, because this generation does not name it. */
    public void ownNameReleased(long generation) {
        ownNameReleased = generation;
    }

    /** Returns whether it was, so that nothing can be set up for it until the spec changes. */
    public boolean isOwnNameReleased(long generation) {
        return ownNameReleased == generation;
    }

    synchronized void offer(AssociationSighting sighting) {
        offered.put(sighting.id(), sighting);
    }

    /** Returns whether a sweep did not see this association, and the resource could not be reconciled since. */
    public synchronized boolean isMissing(String id) {
        AssociationSighting seen = offered.get(id);
        return seen != null && seen.shown().isEmpty();
    }

    public synchronized List<AssociationSighting> take() {
        List<AssociationSighting> taken = List.copyOf(offered.values());
        offered.clear();
        return taken;
    }
}
