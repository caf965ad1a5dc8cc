package dev.irsa.port;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.plan.AssociationChange;

/**
 * Reads and changes the EKS Pod Identity associations of the cluster. Every method throws {@link FailureException} when EKS
 * rejects the call or is unavailable.
 */
public interface Associations extends AssociationReads {
    /**
     * Creates an association.
     *
     * @throws FailureException with {@link dev.irsa.core.failure.AwsFailure.AssociationExists} if the ServiceAccount has one
     */
    ObservedAssociation create(AssociationChange.CreatePodIdentityAssociation change);

    /** Replaces the role of an association. */
    void update(AssociationChange.UpdatePodIdentityAssociation change);

    /**
     * Deletes an association.
     *
     * @throws FailureException with {@link dev.irsa.core.failure.AwsFailure.NotFound} if EKS does not see it, which it may not for
     *     a while after it was created
     */
    void delete(AssociationChange.DeletePodIdentityAssociation change);
}
