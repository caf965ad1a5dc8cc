package dev.irsa.drift;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.observed.ObservedServiceAccount;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.port.DefinitionState;
import dev.irsa.port.ResourceRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A cluster whose cache and whose API server may say different things. */
final class ScriptedCluster implements Cluster {
    final Set<String> cached = new TreeSet<>();
    final Set<String> live = new TreeSet<>();
    final List<String> asked = new ArrayList<>();
    DefinitionState definition = DefinitionState.INTACT;
    boolean away;

    @Override
    public boolean shows(String namespace, String name) {
        return cached.contains(namespace + "/" + name);
    }

    @Override
    public Optional<String> uidNow(String namespace, String name) {
        answer();
        asked.add(namespace + "/" + name);
        return live.contains(namespace + "/" + name) ? Optional.of("uid-of-" + name) : Optional.empty();
    }

    @Override
    public Optional<Instant> definedSince() {
        return Optional.of(Instant.EPOCH);
    }

    @Override
    public DefinitionState definition() {
        answer();
        return definition;
    }

    private void answer() {
        if (away) {
            throw new FailureException(new Failure.Passing(Reason.KubernetesUnavailable, "away"));
        }
    }

    @Override
    public ObservedServiceAccount serviceAccount(String namespace, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ObservedServiceAccount serviceAccountNow(String namespace, String name) {
        return serviceAccount(namespace, name);
    }

    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void hold(ResourceRef resource) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void letGo(ResourceRef resource) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void apply(ResourceRef resource, ServiceAccountChange change) {
        throw new UnsupportedOperationException();
    }
}
