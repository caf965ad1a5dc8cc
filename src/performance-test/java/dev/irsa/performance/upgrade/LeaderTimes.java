package dev.irsa.performance.upgrade;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/** Records for how long no replica leads when the leader changes, from the events of the Lease. */
final class LeaderTimes implements ResourceEventHandler<Lease> {
    private final LongSupplier nanoTime;
    private final List<Duration> withoutLeader = new ArrayList<>();
    private String leader = "";
    /** When the leader last renewed or released the Lease. */
    private long lastEvent;

    LeaderTimes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void onAdd(Lease lease) {
        String holder = Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "");
        long now = nanoTime.getAsLong();
        if (!holder.isEmpty()) {
            if (!leader.isEmpty() && !holder.equals(leader)) {
                withoutLeader.add(Duration.ofNanos(now - lastEvent));
            }
            leader = holder;
        }
        lastEvent = now;
    }

    @Override
    public void onUpdate(Lease before, Lease lease) {
        onAdd(lease);
    }

    @Override
    public void onDelete(Lease lease, boolean stateUnknown) {
        // Until a replica creates the Lease again, none leads.
    }

    /** Returns one time for each change of the leader so far. */
    synchronized List<Duration> withoutLeader() {
        return List.copyOf(withoutLeader);
    }
}
