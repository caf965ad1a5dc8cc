package dev.irsa.port;

import java.util.List;

/** Receives the results of sweeps. */
public interface RoleSweepListener {
    /**
     * Receives the result of a complete sweep.
     *
     * @return the resources to requeue because of it
     */
    List<ResourceRef> observed(SweepSnapshot snapshot);

    /** Returns the resources whose roles have to be checked one by one while no sweep succeeds. */
    List<ResourceRef> resources();

    /**
     * Requests that the next reconcile of this resource reads its role from IAM. No problem is known: if AWS is
     * unavailable, the read is left to a later request.
     */
    void requestRead(ResourceRef resource);
}
