package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.observed.ObservedServiceAccount;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.port.Gate;
import dev.irsa.port.ResourceRef;
import java.util.List;

/** A cluster as one process meets it: reads from what its watches have told, writes and asks through its gate. */
final class LiveCluster extends PassingCluster {
    private final Informer informer;
    private final Passage passage;
    private final Parts.Claimants claimants;

    LiveCluster(Realm realm, Informer informer, Gate gate, Passage passage, Parts.Claimants claimants) {
        super(realm.cluster().behind(gate));
        this.informer = informer;
        this.passage = passage;
        this.claimants = claimants;
    }

    @Override
    public ObservedServiceAccount serviceAccount(String namespace, String name) {
        return informer.serviceAccount(namespace + "/" + name);
    }

    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        return informer.claimants(namespace, serviceAccount);
    }

    @Override
    public void apply(ResourceRef resource, ServiceAccountChange change) {
        super.apply(resource, change);
        informer.wrote(resource.namespace() + "/" + change.name(), passage.effect());
        claimants.wake(resource.namespace(), change.name());
    }

    @Override
    public boolean shows(String namespace, String name) {
        return informer.shows(namespace + "/" + name);
    }
}
