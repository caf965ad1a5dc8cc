package dev.irsa.core.delivery;

import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.Ownership;

/** What is known about the EKS Pod Identity association of a ServiceAccount, and whether it is the resource's. */
public sealed interface AssociationState {
    /** Nothing indicates that there is one. */
    record None() implements AssociationState {}

    /** The status of the resource names it, and this process has not read it. */
    record Recorded(String id, String arn) implements AssociationState {}

    /**
     * Its tags prove that it belongs to the resource.
     *
     * @param shown whether EKS has shown it since it was created
     */
    record Ours(ObservedAssociation association, boolean shown) implements AssociationState {}

    /**
     * It does not belong to the resource.
     *
     * @param why completes the sentence "association ID …"
     */
    record Foreign(String id, String why) implements AssociationState {}

    /**
     * Returns what the tags of an association prove. The operator changes no association but those of the resource.
     *
     * @param serviceAccount the name of the resource's ServiceAccount
     * @param owner the owner of the resource's role
     */
    static AssociationState of(ObservedAssociation association, String serviceAccount, Owner owner) {
        if (association.ownerArn().isPresent()) {
            return new Foreign(
                    association.id(),
                    "belongs to the EKS add-on " + association.ownerArn().get()
                            + "; create a resource for another ServiceAccount, or remove the association from the add-on");
        }
        String namespace = owner.resource().substring(0, owner.resource().indexOf('/'));
        boolean same = association.namespace().equals(namespace)
                && association.serviceAccount().equals(serviceAccount);
        return same && Ownership.of(owner, association.tags()) instanceof Ownership.Ours
                ? new Ours(association, true)
                : new Foreign(
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
    static boolean isInCluster(String associationArn, String clusterArn) {
        return associationArn.startsWith(clusterArn.replace(":cluster/", ":podidentityassociation/") + "/");
    }

    /** Returns the name of the cluster from an ARN {@code arn:aws:eks:REGION:ACCOUNT:podidentityassociation/CLUSTER/ID}. */
    static String cluster(String associationArn) {
        String[] parts = associationArn.split("/", 3);
        return parts.length == 3 ? parts[1] : "NAME";
    }
}
