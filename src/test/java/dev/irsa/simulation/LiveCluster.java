package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fake.InMemoryCluster;
import dev.irsa.observed.ObservedServiceAccount;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.port.DefinitionState;
import dev.irsa.port.Gate;
import dev.irsa.port.ResourceRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A cluster as one process meets it: reads from what its watches have told, writes through its gate. */
final class LiveCluster implements Cluster {
    private final Informer informer;
    private final InMemoryCluster server;
    private final Passage passage;
    private final Life.Claimants claimants;

    LiveCluster(Realm realm, Informer informer, Gate gate, Passage passage, Life.Claimants claimants) {
        this.informer = informer;
        this.server = realm.cluster().behind(gate);
        this.passage = passage;
        this.claimants = claimants;
    }

    @Override
    public ObservedServiceAccount serviceAccount(String namespace, String name) {
        return informer.serviceAccount(namespace + "/" + name);
    }

    @Override
    public ObservedServiceAccount serviceAccountNow(String namespace, String name) {
        return server.serviceAccountNow(namespace, name);
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
        server.apply(resource, change);
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
