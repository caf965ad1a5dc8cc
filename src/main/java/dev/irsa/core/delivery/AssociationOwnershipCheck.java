package dev.irsa.core.delivery;

import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.Ownership;

/** Decides whether an association belongs to a resource. The operator changes no other. */
public final class AssociationOwnershipCheck {
    private AssociationOwnershipCheck() {}

    /**
     * Returns what the tags of an association prove.
     *
     * @param serviceAccount the name of the resource's ServiceAccount
     * @param owner the owner of the resource's role
     */
    public static KnownAssociation of(ObservedAssociation association, String serviceAccount, Owner owner) {
        if (association.ownerArn().isPresent()) {
            return new KnownAssociation.Foreign(
                    association.id(),
                    "belongs to the EKS add-on " + association.ownerArn().get()
                            + "; create a resource for another ServiceAccount, or remove the association from the add-on");
        }
        String namespace = owner.resource().substring(0, owner.resource().indexOf('/'));
        boolean same = association.namespace().equals(namespace)
                && association.serviceAccount().equals(serviceAccount);
        return same && Ownership.of(owner, association.tags()) instanceof Ownership.Ours
                ? new KnownAssociation.Ours(association, true)
                : new KnownAssociation.Foreign(
                        association.id(),
                        "does not have the tags of this resource; the operator does not change it, and new pods use the role of"
                                + " that association; if no other tool manages it, run: aws eks"
                                + " delete-pod-identity-association --cluster-name " + cluster(association.arn())
                                + " --association-id " + association.id());
    }

    /**
     * Returns whether an association is one of this cluster.
     *
     * @param clusterArn for example {@code arn:aws:eks:eu-west-1:111122223333:cluster/production}
     */
    public static boolean isInCluster(String associationArn, String clusterArn) {
        return associationArn.startsWith(clusterArn.replace(":cluster/", ":podidentityassociation/") + "/");
    }

    /** Returns the name of the cluster from an ARN {@code arn:aws:eks:REGION:ACCOUNT:podidentityassociation/CLUSTER/ID}. */
    public static String cluster(String associationArn) {
        String[] parts = associationArn.split("/", 3);
        return parts.length == 3 ? parts[1] : "NAME";
    }
}
