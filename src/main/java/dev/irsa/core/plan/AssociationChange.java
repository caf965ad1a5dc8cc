package dev.irsa.core.plan;

import dev.irsa.core.observed.AssociationOptions;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A change to an EKS Pod Identity association. Each is one call of the EKS API action of that name. */
public sealed interface AssociationChange extends Change {
    /** The name of the ServiceAccount. */
    String serviceAccount();

    /** Associates the role with a ServiceAccount that has no association. */
    record CreatePodIdentityAssociation(
            String namespace, String serviceAccount, String roleArn, SortedMap<String, String> tags)
            implements AssociationChange {
        public CreatePodIdentityAssociation {
            tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        }

        @Override
        public String describe() {
            return "associate role " + roleArn + " with ServiceAccount " + serviceAccount;
        }

        @Override
        public String describeDone() {
            return "associated role " + roleArn + " with ServiceAccount " + serviceAccount;
        }
    }

    /**
     * Replaces the role of an association, and removes what others have set besides it.
     *
     * @param obsolete the options to remove
     */
    record UpdatePodIdentityAssociation(String id, String serviceAccount, String roleArn, AssociationOptions obsolete)
            implements AssociationChange {
        @Override
        public String describe() {
            String role =
                    "set the role of association " + id + " of ServiceAccount " + serviceAccount + " to " + roleArn;
            return Stream.concat(Stream.of(role), obsolete.removals().stream()).collect(Collectors.joining(", "));
        }

        @Override
        public String describeDone() {
            return describe();
        }
    }

    /** Deletes an association. */
    record DeletePodIdentityAssociation(String id, String serviceAccount) implements AssociationChange {
        @Override
        public String describe() {
            return "delete association " + id + " of ServiceAccount " + serviceAccount;
        }

        @Override
        public String describeDone() {
            return "deleted association " + id + " of ServiceAccount " + serviceAccount;
        }
    }
}
