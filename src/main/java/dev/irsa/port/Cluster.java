package dev.irsa.port;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.plan.ServiceAccountChange;
import java.util.Optional;

/** Reads and changes the Kubernetes cluster. Writes throw {@link FailureException} when the API server rejects them. */
public interface Cluster extends ClusterReads {
    /**
     * Adds the operator's finalizer, so that the resource exists as long as its role. Fails during a deletion, and if the resource has
     * changed since it was read: a later version may ask for something else.
     *
     * @param roleArn the ARN that the role will have, recorded on the resource in the same write; empty in the account of the operator
     */
    void addFinalizer(IamServiceAccount read, Optional<String> roleArn);

    /**
     * Removes the operator's finalizer and the recorded role; the resource may no longer exist right after. Fails if the resource has
     * changed since it was read: its status may name something else that is to be deleted first.
     */
    void removeFinalizer(IamServiceAccount read);

    /** Applies a change to a ServiceAccount in the namespace of the resource. */
    void apply(ResourceRef resource, ServiceAccountChange change);
}
