package dev.irsa.kubectl.preview;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.observed.PodUse;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.CrdState;
import dev.irsa.port.ResourceRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records the changes to ServiceAccounts and finalizers. */
record RecordingCluster(ClusterReads reads, Recording recording) implements Cluster {
    @Override
    public void addFinalizer(IamServiceAccount read, Optional<String> roleArn) {
        recording.addFinalizer();
    }

    @Override
    public void removeFinalizer(IamServiceAccount read) {
        // A deletion that ends always removes it.
    }

    @Override
    public void apply(ResourceRef resource, ServiceAccountChange change) {
        recording.add(change);
    }

    @Override
    public ObservedServiceAccount serviceAccount(String namespace, String name) {
        return reads.serviceAccount(namespace, name);
    }

    @Override
    public ObservedServiceAccount serviceAccountNow(String namespace, String name) {
        return reads.serviceAccountNow(namespace, name);
    }

    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        return reads.claimants(namespace, serviceAccount);
    }

    @Override
    public Optional<IamServiceAccount> cached(String namespace, String name) {
        return reads.cached(namespace, name);
    }

    @Override
    public Optional<String> uidNow(String namespace, String name) {
        return reads.uidNow(namespace, name);
    }

    @Override
    public PodUse pods(String namespace, String serviceAccount) {
        return reads.pods(namespace, serviceAccount);
    }

    @Override
    public CrdState definition() {
        return reads.definition();
    }

    @Override
    public Optional<Instant> definedSince() {
        return reads.definedSince();
    }
}
