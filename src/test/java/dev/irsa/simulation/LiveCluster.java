package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.fake.InMemoryCluster;
import dev.irsa.observed.ObservedServiceAccount;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.port.DefinitionState;
import dev.irsa.port.Gate;
import dev.irsa.port.ResourceRef;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A cluster as one process meets it: reads from what its watches have told, writes through its gate. */
final class LiveCluster implements Cluster {
    private final Informer informer;
    private final InMemoryCluster server;
    private final Passage passage;
    private final Life.Claimants claimants;
    /** Of which a write had no answer, until the watch shows what the API server has. */
    private final Set<String> doubtful = new HashSet<>();

    LiveCluster(Realm realm, Informer informer, Gate gate, Passage passage, Life.Claimants claimants) {
        this.informer = informer;
        this.server = realm.cluster().behind(gate);
        this.passage = passage;
        this.claimants = claimants;
    }

    @Override
    public ObservedServiceAccount serviceAccount(String namespace, String name) {
        String key = namespace + "/" + name;
        ObservedServiceAccount cached = informer.serviceAccount(key);
        if (!doubtful.contains(key)) {
            return cached;
        }
        ObservedServiceAccount asked = server.serviceAccount(namespace, name);
        if (asked.equals(cached)) {
            doubtful.remove(key);
        }
        return asked;
    }

    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        return informer.claimants(namespace, serviceAccount);
    }

    @Override
    public void hold(ResourceRef resource) {
        server.hold(resource);
    }

    @Override
    public void letGo(ResourceRef resource) {
        server.letGo(resource);
    }

    @Override
    public void apply(ResourceRef resource, ServiceAccountChange change) {
        try {
            server.apply(resource, change);
        } catch (FailureException e) {
            if (e.failure().reason() == Reason.KubernetesUnavailable) {
                doubtful.add(resource.namespace() + "/" + change.name());
            }
            throw e;
        }
        informer.wrote(resource.namespace() + "/" + change.name(), passage.effect());
        claimants.wake(resource.namespace(), change.name());
    }

    @Override
    public boolean shows(String namespace, String name) {
        return informer.shows(namespace + "/" + name);
    }

    @Override
    public boolean exists(String namespace, String name) {
        return server.exists(namespace, name);
    }

    @Override
    public DefinitionState definition() {
        return server.definition();
    }

    @Override
    public Optional<Instant> definedSince() {
        return server.definedSince();
    }
}
