package dev.irsa.core.observed;

import dev.irsa.core.collection.Sorted;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An EKS Pod Identity association as EKS returns it.
 *
 * @param id assigned by EKS, and never used again
 * @param roleArn the role whose credentials pods get
 * @param ownerArn the EKS add-on that owns it; empty if none does
 * @param options what others have set besides the role
 */
public record ObservedAssociation(
        String id,
        String arn,
        String namespace,
        String serviceAccount,
        String roleArn,
        SortedMap<String, String> tags,
        Optional<String> ownerArn,
        AssociationOptions options) {
    public ObservedAssociation {
        tags = Sorted.copyOf(tags);
    }

    /** Returns this association with another role, and with no other option. */
    public ObservedAssociation withRoleAlone(String otherRoleArn) {
        return new ObservedAssociation(
                id, arn, namespace, serviceAccount, otherRoleArn, tags, ownerArn, AssociationOptions.NONE);
    }
}
