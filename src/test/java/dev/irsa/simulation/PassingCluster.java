package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.observed.ObservedServiceAccount;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.port.DefinitionState;
import dev.irsa.port.ResourceRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A cluster over another, in which parts can be seen otherwise. */
class PassingCluster implements Cluster {
    private final Cluster cluster;

    PassingCluster(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public ObservedServiceAccount serviceAccount(String namespace, String name) {
        return cluster.serviceAccount(namespace, name);
    }

    @Override
    public ObservedServiceAccount serviceAccountNow(String namespace, String name) {
        return cluster.serviceAccountNow(namespace, name);
    }

    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        return cluster.claimants(namespace, serviceAccount);
    }

    @Override
    public void hold(ResourceRef resource) {
        cluster.hold(resource);
    }

    @Override
    public void letGo(ResourceRef resource) {
        cluster.letGo(resource);
    }

    @Override
    public void apply(ResourceRef resource, ServiceAccountChange change) {
        cluster.apply(resource, change);
    }

    @Override
    public boolean shows(String namespace, String name) {
        return cluster.shows(namespace, name);
    }

    @Override
    public Optional<String> uidNow(String namespace, String name) {
        return cluster.uidNow(namespace, name);
    }

    @Override
    public DefinitionState definition() {
        return cluster.definition();
    }

    @Override
    public Optional<Instant> definedSince() {
        return cluster.definedSince();
    }
}
