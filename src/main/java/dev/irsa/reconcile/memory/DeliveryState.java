package dev.irsa.reconcile.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What this process knows about how one role is delivered. Only the reconcile of the resource changes it. The sweep's thread
 * reads it and calls {@link #offer}, and the next reconcile takes what was offered.
 */
public final class DeliveryState {
    private volatile DeliveryHistory history = DeliveryHistory.NONE;
    private Optional<CheckedTrust> checkedTrust = Optional.empty();
    private final Map<String, AssociationSighting> offered = new LinkedHashMap<>(); // guarded by this, by ID

    public DeliveryHistory history() {
        return history;
    }

    public void update(UnaryOperator<DeliveryHistory> change) {
        history = change.apply(history);
    }

    /** Returns what was last found out about the role of others that the resource names; empty if nothing yet. */
    public Optional<CheckedTrust> checkedTrust() {
        return checkedTrust;
    }

    public void checkedTrust(CheckedTrust checked) {
        checkedTrust = Optional.of(checked);
    }

    synchronized void offer(AssociationSighting sighting) {
        offered.put(sighting.id(), sighting);
    }

    public synchronized List<AssociationSighting> take() {
        List<AssociationSighting> taken = List.copyOf(offered.values());
        offered.clear();
        return taken;
    }
}
