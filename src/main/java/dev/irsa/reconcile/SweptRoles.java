package dev.irsa.reconcile;

import dev.irsa.port.ResourceRef;
import dev.irsa.port.RoleSweepListener;
import dev.irsa.port.SweepSnapshot;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.memory.ResourceMemoryStore;
import java.util.List;

/** Passes what sweeps of roles observe to the quotas, and then to the states of the resources. */
record SweptRoles(EntitlementAuthorizer authorizer, ResourceMemoryStore memories) implements RoleSweepListener {
    @Override
    public List<ResourceRef> observed(SweepSnapshot snapshot) {
        authorizer.observed(snapshot);
        return memories.observed(snapshot);
    }

    @Override
    public List<ResourceRef> resources() {
        return memories.resources();
    }

    @Override
    public void requestRead(ResourceRef resource) {
        memories.requestRead(resource);
    }
}
