package dev.irsa.reconcile;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.status.Outcome;

/** Reconciles resources. Many threads may call it at once, but never two for the same resource. */
public interface ResourceReconciler {
    /** Brings the role and the ServiceAccount closer to what the resource asks for, and returns how far it got. */
    Outcome reconcile(IamServiceAccount resource);

    /** Forgets a resource that no longer exists. */
    void forget(ResourceRef resource);
}
