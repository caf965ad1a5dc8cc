package dev.irsa.fake;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.desired.Desired;
import dev.irsa.port.ResourceRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells which resources have an event, as the framework's informers would: for a change of the resource, of the
 * ServiceAccount it names, and for the end of another that named it too. Writes of the operator's own to a status or a
 * ServiceAccount are no event.
 */
final class Watch {
    private final ClusterHands hands;
    private final List<String> gone = new ArrayList<>();
    private Map<String, IamServiceAccount> resources = new TreeMap<>();
    private Map<String, ServiceAccountRecord> accounts = new TreeMap<>();

    Watch(ClusterHands hands) {
        this.hands = hands;
        this.accounts = new TreeMap<>(hands.serviceAccounts());
    }

    /** The resources with an event since the last time, by {@code namespace/name}. */
    Set<String> changes() {
        Map<String, IamServiceAccount> now = new TreeMap<>();
        hands.resources().forEach(resource -> now.put(key(resource), resource));
        TreeSet<String> woken = new TreeSet<>();
        TreeSet<String> touched = new TreeSet<>();
        now.forEach((key, resource) -> {
            if (!version(resource).equals(version(resources.get(key)))) {
                woken.add(key);
            }
        });
        resources.forEach((key, before) -> {
            if (!uid(before).equals(uid(now.get(key)))) {
                gone.add(before.getMetadata().getUid());
                touched.add(accountKey(before));
            }
        });
        Map<String, ServiceAccountRecord> accountsNow = new TreeMap<>(hands.serviceAccounts());
        TreeSet<String> names = new TreeSet<>(accountsNow.keySet());
        names.addAll(accounts.keySet());
        names.stream()
                .filter(name ->
                        !Optional.ofNullable(accountsNow.get(name)).equals(Optional.ofNullable(accounts.get(name))))
                .forEach(touched::add);
        now.forEach((key, resource) -> {
            if (touched.contains(accountKey(resource))) {
                woken.add(key);
            }
        });
        resources = now;
        accounts = accountsNow;
        return woken;
    }

    /** The UIDs of the resources that have gone since the last time. */
    List<String> gone() {
        List<String> told = List.copyOf(gone);
        gone.clear();
        return told;
    }

    /**
     * What one reconcile wrote is known. That it put a finalizer on is an event all the same, and so is what users did
     * meanwhile.
     */
    void ownWrites(ResourceRef ref, IamServiceAccount before) {
        hands.resource(ref.namespace(), ref.name())
                .filter(now -> now.getMetadata()
                        .getGeneration()
                        .equals(before.getMetadata().getGeneration()))
                .filter(now -> now.getMetadata()
                        .getFinalizers()
                        .equals(before.getMetadata().getFinalizers()))
                .ifPresent(now -> resources.put(key(now), now));
        String account = accountKey(before);
        Optional.ofNullable(hands.serviceAccounts().get(account)).ifPresent(now -> accounts.put(account, now));
    }

    private static String key(IamServiceAccount resource) {
        return KubernetesObjects.key(
                resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    private static String accountKey(IamServiceAccount resource) {
        return KubernetesObjects.key(
                resource.getMetadata().getNamespace(),
                Desired.serviceAccountName(resource.getMetadata().getName(), resource.getSpec()));
    }

    private static Optional<String> version(@Nullable IamServiceAccount resource) {
        return Optional.ofNullable(resource).map(found -> found.getMetadata().getResourceVersion());
    }

    private static Optional<String> uid(@Nullable IamServiceAccount resource) {
        return Optional.ofNullable(resource).map(found -> found.getMetadata().getUid());
    }
}
