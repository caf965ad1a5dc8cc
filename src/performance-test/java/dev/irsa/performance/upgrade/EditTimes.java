package dev.irsa.performance.upgrade;

import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Records the time from an edit of a resource until the resource is Ready with that edit or a later one. */
final class EditTimes implements ResourceEventHandler<IamServiceAccount> {
    private final LongSupplier nanoTime;
    private final List<Edit> pending = new ArrayList<>();
    private final Map<String, List<Duration>> byPhase = new HashMap<>();
    private final Map<String, Long> readyGenerations = new HashMap<>();
    private String phase = "";

    /**
     * An edit that is not Ready yet.
     *
     * @param at when it was sent, in nanoseconds
     */
    private record Edit(String phase, String name, long generation, long at) {}

    EditTimes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Assigns the edits from now on to this phase. */
    synchronized void begin(String name) {
        phase = name;
    }

    /**
     * Records an edit.
     *
     * @param at when it was sent, in nanoseconds
     */
    synchronized void edited(IamServiceAccount resource, long at) {
        String name = resource.getMetadata().getName();
        pending.add(new Edit(phase, name, resource.getMetadata().getGeneration(), at));
        complete(name);
    }

    @Override
    public synchronized void onAdd(IamServiceAccount resource) {
        String name = resource.getMetadata().getName();
        resource.ready()
                .filter(condition -> condition.status().equals("True"))
                .ifPresent(condition -> readyGenerations.put(name, condition.observedGeneration()));
        complete(name);
    }

    @Override
    public void onUpdate(IamServiceAccount before, IamServiceAccount resource) {
        onAdd(resource);
    }

    @Override
    public void onDelete(IamServiceAccount resource, boolean stateUnknown) {
        // Resources that are edited are not deleted.
    }

    private void complete(String name) {
        long ready = readyGenerations.getOrDefault(name, 0L);
        long now = nanoTime.getAsLong();
        for (Edit edit : List.copyOf(pending)) {
            if (edit.name().equals(name) && edit.generation() <= ready) {
                pending.remove(edit);
                byPhase.computeIfAbsent(edit.phase(), key -> new ArrayList<>()).add(Duration.ofNanos(now - edit.at()));
            }
        }
    }

    /** Returns the names of the resources that are not Ready with their last edit. */
    synchronized List<String> pending() {
        return pending.stream().map(Edit::name).distinct().toList();
    }

    /** Returns the times of the edits of a phase that are Ready. */
    synchronized List<Duration> of(String name) {
        return List.copyOf(byPhase.getOrDefault(name, List.of()));
    }
}
