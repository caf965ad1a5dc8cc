package dev.irsa.core.plan;

import dev.irsa.core.collection.Sorted;
import dev.irsa.core.observed.AssociationOptions;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A change to an EKS Pod Identity association. Each is one call of the EKS API action of that name. */
public sealed interface AssociationChange extends Change {
    /** The name of the ServiceAccount. */
    String serviceAccount();

    @Override
    default String describe(Tense tense) {
        return switch (this) {
            case CreatePodIdentityAssociation create ->
                tense.verb("associate", "associated") + " role " + create.roleArn() + " with ServiceAccount "
                        + serviceAccount();
            case UpdatePodIdentityAssociation(String id, String account, String roleArn, var obsolete) ->
                Stream.concat(
                                Stream.of("set the role of association " + id + " of ServiceAccount " + account + " to "
                                        + roleArn),
                                obsolete.removals().stream())
                        .collect(Collectors.joining(", "));
            case DeletePodIdentityAssociation(String id, String account) ->
                tense.verb("delete", "deleted") + " association " + id + " of ServiceAccount " + account;
        };
    }

    /** Associates the role with a ServiceAccount that has no association. */
    record CreatePodIdentityAssociation(
            String namespace, String serviceAccount, String roleArn, SortedMap<String, String> tags)
            implements AssociationChange {
        public CreatePodIdentityAssociation {
            tags = Sorted.copyOf(tags);
        }
    }

    /**
     * Replaces the role of an association, and removes what others have set besides it.
     *
     * @param obsolete the options to remove
     */
    record UpdatePodIdentityAssociation(String id, String serviceAccount, String roleArn, AssociationOptions obsolete)
            implements AssociationChange {}

    /** Deletes an association. */
    record DeletePodIdentityAssociation(String id, String serviceAccount) implements AssociationChange {}
}
