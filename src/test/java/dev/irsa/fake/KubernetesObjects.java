package dev.irsa.fake;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.port.DefinitionState;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What the API server stores, with the rules that hold whoever writes: generations, finalizers, garbage collection by
 * owner reference. One namespace is one prefix of a key. Tells what changed, as a watch does.
 */
final class KubernetesObjects {
    private final InstantSource clock;
    private final Map<String, IamServiceAccount> resources = new TreeMap<>();
    private final Map<String, ServiceAccountRecord> serviceAccounts = new TreeMap<>();
    private final Set<String> terminating = new TreeSet<>();
    private DefinitionState definition = DefinitionState.INTACT;
    private Instant definedSince = Instant.EPOCH;
    private Runnable changed = () -> {};
    private int uids;
    private int versions;
    private long changes;

    KubernetesObjects(InstantSource clock) {
        this.clock = clock;
    }

    static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** Is told whenever something has changed. */
    void onChange(Runnable told) {
        changed = told;
    }

    private void tell() {
        changes++;
        changed.run();
    }

    /** All that is stored now. What is stored is never changed, only replaced. */
    Stored stored() {
        return new Stored(new TreeMap<>(resources), new TreeMap<>(serviceAccounts), changes);
    }

    Optional<IamServiceAccount> resource(String key) {
        return Optional.ofNullable(resources.get(key)).map(KubernetesObjects::copy);
    }

    List<IamServiceAccount> resources() {
        return resources.values().stream().map(KubernetesObjects::copy).collect(Collectors.toList());
    }

    Optional<ServiceAccountRecord> serviceAccount(String key) {
        return Optional.ofNullable(serviceAccounts.get(key));
    }

    Map<String, ServiceAccountRecord> serviceAccounts() {
        return Map.copyOf(serviceAccounts);
    }

    boolean isTerminating(String namespace) {
        return terminating.contains(namespace);
    }

    /** The namespace is being deleted: its ServiceAccounts go at once, the resources later. */
    void terminate(String namespace) {
        terminating.add(namespace);
        serviceAccounts.keySet().removeIf(key -> key.startsWith(namespace + "/"));
        tell();
    }

    DefinitionState definition() {
        return definition;
    }

    Optional<Instant> definedSince() {
        return definition == DefinitionState.MISSING ? Optional.empty() : Optional.of(definedSince);
    }

    /** Deleting the definition deletes every resource; one that is missing has none. */
    void definition(DefinitionState state) {
        if (definition == DefinitionState.MISSING && state == DefinitionState.INTACT) {
            definedSince = clock.instant();
        }
        definition = state;
        if (state == DefinitionState.GOING) {
            resources().forEach(this::delete);
        }
        if (state == DefinitionState.MISSING) {
            resources.clear();
            collectGarbage();
        }
        tell();
    }

    void lose(String key) {
        resources.remove(key);
        collectGarbage();
        tell();
    }

    String newUid() {
        return "uid-" + ++uids;
    }

    /** Creates it, or gives the one that is there another spec. */
    void put(String namespace, String name, IamServiceAccountSpec spec) {
        IamServiceAccount found = resources.get(key(namespace, name));
        if (found != null) {
            edit(found, resource -> {
                resource.setSpec(spec);
                return resource;
            });
            return;
        }
        IamServiceAccount made = new IamServiceAccount();
        made.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(newUid())
                .withGeneration(1L)
                .withResourceVersion(Integer.toString(++versions))
                .withCreationTimestamp(clock.instant().toString())
                .build());
        made.setSpec(spec);
        made.setStatus(IamServiceAccountStatus.UNSEEN);
        resources.put(key(namespace, name), made);
        tell();
    }

    /** Changes it; a resource that is being deleted and held by nobody goes, and what it owned goes with it. */
    void edit(IamServiceAccount stored, UnaryOperator<IamServiceAccount> change) {
        IamServiceAccount before = copy(stored);
        IamServiceAccount after = change.apply(copy(stored));
        if (after.equals(before)) {
            return;
        }
        boolean another = !after.getSpec().equals(before.getSpec())
                || after.isMarkedForDeletion() != before.isMarkedForDeletion();
        if (another) {
            after.getMetadata().setGeneration(before.getMetadata().getGeneration() + 1);
        }
        after.getMetadata().setResourceVersion(Integer.toString(++versions));
        String key = key(after.getMetadata().getNamespace(), after.getMetadata().getName());
        if (after.isMarkedForDeletion() && after.getMetadata().getFinalizers().isEmpty()) {
            resources.remove(key);
            collectGarbage();
        } else {
            resources.put(key, after);
        }
        tell();
    }

    void delete(IamServiceAccount stored) {
        edit(stored, resource -> {
            if (!resource.isMarkedForDeletion()) {
                resource.getMetadata().setDeletionTimestamp(clock.instant().toString());
            }
            return resource;
        });
    }

    void put(String key, ServiceAccountRecord account) {
        serviceAccounts.put(key, account);
        collectGarbage();
        tell();
    }

    void removeServiceAccount(String key) {
        serviceAccounts.remove(key);
        tell();
    }

    /** An object goes when every owner it names has gone; owners that have gone are struck off. */
    private void collectGarbage() {
        Set<String> living = resources.values().stream()
                .map(resource -> resource.getMetadata().getUid())
                .collect(Collectors.toSet());
        for (var entry : new ArrayList<>(serviceAccounts.entrySet())) {
            Set<String> owners = new TreeSet<>(entry.getValue().owners());
            if (owners.retainAll(living)) {
                if (owners.isEmpty()) {
                    serviceAccounts.remove(entry.getKey());
                } else {
                    serviceAccounts.put(entry.getKey(), entry.getValue().ownedBy(owners));
                }
            }
        }
    }

    static IamServiceAccount copy(IamServiceAccount resource) {
        IamServiceAccount copy = new IamServiceAccount();
        copy.setMetadata(new ObjectMetaBuilder(resource.getMetadata()).build());
        copy.setSpec(resource.getSpec());
        copy.setStatus(resource.getStatus());
        return copy;
    }
}
