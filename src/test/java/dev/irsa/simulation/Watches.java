package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fake.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The two watches of one process: each tells in its time and in order, and who is concerned is woken. */
final class Watches {
    private final World world;
    private final Life life;
    private final Informer informer;
    private final WorkQueue queue;
    private final List<IamServiceAccount> gone = new ArrayList<>();
    private Duration resourceLag = Duration.ZERO;
    private Duration accountLag = Duration.ZERO;
    private Instant resourcesTold = Instant.MIN;
    private Instant accountsTold = Instant.MIN;

    Watches(World world, Life life, Informer informer, WorkQueue queue) {
        this.world = world;
        this.life = life;
        this.informer = informer;
        this.queue = queue;
        queue.onRest(this::forgetTheGone);
    }

    /** From now on they tell so much later. */
    void lag(Duration resources, Duration accounts) {
        resourceLag = resources;
        accountLag = accounts;
    }

    /** The cluster has changed. */
    void changed(Stored now) {
        resourcesTold = told(resourceLag, resourcesTold);
        accountsTold = told(accountLag, accountsTold);
        world.tasks().at(resourcesTold, life, () -> showResources(now));
        world.tasks().at(accountsTold, life, () -> showAccounts(now));
    }

    private Instant told(Duration lag, Instant before) {
        Instant when =
                latest(world.clock().instant(), world.weather().apiBack()).plus(lag);
        return latest(when, before);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void showResources(Stored now) {
        Map<String, IamServiceAccount> before = informer.resources();
        if (!informer.showResources(now)) {
            return;
        }
        before.forEach((key, resource) -> {
            IamServiceAccount next = now.resources().get(key);
            if (next == null || !uid(next).equals(uid(resource))) {
                gone.add(resource);
            }
        });
        now.resources().forEach((key, resource) -> {
            IamServiceAccount last = before.get(key);
            if (last == null || informer.isNews(resource, last)) {
                queue.wake(key);
            }
        });
        forgetTheGone();
    }

    /** Not while it is being reconciled. */
    private void forgetTheGone() {
        for (IamServiceAccount resource : List.copyOf(gone)) {
            String namespace = resource.getMetadata().getNamespace();
            if (!queue.isBusy(namespace + "/" + resource.getMetadata().getName())) {
                gone.remove(resource);
                life.forget(uid(resource));
                wakeClaimants(namespace, Informer.serviceAccount(resource));
            }
        }
    }

    private void showAccounts(Stored now) {
        Set<String> keys = new HashSet<>(informer.accounts().keySet());
        keys.addAll(now.serviceAccounts().keySet());
        Map<String, Object> before = new HashMap<>();
        keys.forEach(key -> before.put(key, informer.serviceAccount(key)));
        if (!informer.showAccounts(now)) {
            return;
        }
        keys.stream()
                .filter(key -> !Objects.equals(before.get(key), informer.serviceAccount(key)))
                .sorted()
                .forEach(key -> {
                    String[] parts = key.split("/", 2);
                    wakeClaimants(parts[0], parts[1]);
                });
    }

    /** Has all resources reconciled that name that ServiceAccount. */
    void wakeClaimants(String namespace, String serviceAccount) {
        informer.claimants(namespace, serviceAccount)
                .forEach(resource ->
                        queue.wake(namespace + "/" + resource.getMetadata().getName()));
    }

    private static String uid(IamServiceAccount resource) {
        return resource.getMetadata().getUid();
    }
}
