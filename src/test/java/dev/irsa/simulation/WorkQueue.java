package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Whose turn it is in one process, as the framework keeps it: each resource once at a time, and again when it was called. */
final class WorkQueue {
    /** The executor takes its time, too. */
    private static final Duration HANDING_OVER = Duration.ofMillis(1);

    private final World world;
    private final Life life;
    private final Function<String, Optional<IamServiceAccount>> resources;
    private final Function<IamServiceAccount, Optional<Duration>> reconcile;
    private final Set<String> busy = new HashSet<>();
    private final Set<String> again = new HashSet<>();
    private final Map<String, Integer> rounds = new HashMap<>();
    private Runnable rest = () -> {};

    /**
     * A queue in which nobody stands.
     *
     * @param resources as they are handed in
     * @param reconcile answers when to reconcile again without being asked
     */
    WorkQueue(
            World world,
            Life life,
            Function<String, Optional<IamServiceAccount>> resources,
            Function<IamServiceAccount, Optional<Duration>> reconcile) {
        this.world = world;
        this.life = life;
        this.resources = resources;
        this.reconcile = reconcile;
    }

    /** Is told whenever a resource has been dealt with. */
    void onRest(Runnable told) {
        rest = told;
    }

    boolean isBusy(String key) {
        return busy.contains(key);
    }

    boolean isIdle() {
        return busy.isEmpty();
    }

    /** Has a resource reconciled. */
    void wake(String key) {
        if (!life.works()) {
            return;
        }
        if (!busy.add(key)) {
            again.add(key);
            return;
        }
        world.tasks().spawn(life, key, () -> {
            do {
                world.tasks().sleep(HANDING_OVER);
                again.remove(key);
                resources.apply(key).ifPresent(resource -> work(key, resource));
            } while (again.contains(key) && life.works());
            busy.remove(key);
            rest.run();
        });
    }

    private void work(String key, IamServiceAccount resource) {
        int round = rounds.merge(key, 1, Integer::sum);
        world.traffic().reconciles(life, key);
        reconcile
                .apply(resource)
                .ifPresent(pause -> world.tasks().at(world.clock().instant().plus(pause), life, () -> {
                    // Whoever was reconciled since has said anew when.
                    if (round == rounds.getOrDefault(key, 0)) {
                        wake(key);
                    }
                }));
    }
}
