package dev.irsa.port;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedAssociation;
import java.util.List;
import java.util.Optional;

/**
 * Reads the EKS Pod Identity associations of the cluster. Every method throws {@link FailureException} when EKS rejects the
 * call or is unavailable.
 */
public interface AssociationReads {
    /** Returns every association of the cluster, also those of other owners. */
    List<Listed> list();

    /** Returns the association of a ServiceAccount; empty when EKS returns none, which it may do for a while after it was created. */
    Optional<Listed> find(String namespace, String serviceAccount);

    /** Returns an association with its role and tags; empty when EKS returns none. */
    Optional<ObservedAssociation> describe(String id);

    /**
     * An association in a list, which shows neither its role nor its tags.
     *
     * @param ownerArn the EKS add-on that owns it; empty if none does
     */
    record Listed(String id, String arn, String namespace, String serviceAccount, Optional<String> ownerArn) {}
}
