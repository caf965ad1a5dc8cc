package dev.irsa.port;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The API server, as the reconcile needs it. Writes throw {@link FailureException} when they are refused. */
public interface Cluster {
    /** A ServiceAccount as last seen. */
    ObservedServiceAccount serviceAccount(String namespace, String name);

    /** A ServiceAccount as it is, asked of the API server itself. */
    ObservedServiceAccount serviceAccountNow(String namespace, String name);

    /** Every resource of the namespace that names this ServiceAccount. */
    List<IamServiceAccount> claimants(String namespace, String serviceAccount);

    /** Puts our finalizer on a resource, so that it cannot go before its role has gone; refuses one that is going already. */
    void hold(ResourceRef resource);

    /** Takes our finalizer off; the resource may be gone right after. */
    void letGo(ResourceRef resource);

    /** Applies one change to a ServiceAccount of the resource's namespace. */
    void apply(ResourceRef resource, ServiceAccountChange change);

    /** Whether the resource is there, as last seen. */
    boolean shows(String namespace, String name);

    /** The UID of the resource of that name, asked of the API server itself; empty: there is none. */
    Optional<String> uidNow(String namespace, String name);

    /** What has become of the definition of our resources, asked of the API server itself. */
    CrdState definition();

    /** When that definition was made; empty when it is not there. */
    Optional<Instant> definedSince();
}
