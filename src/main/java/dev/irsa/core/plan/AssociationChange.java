package dev.irsa.core.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /** Replaces the role of an association. */
    record UpdatePodIdentityAssociation(String id, String serviceAccount, String roleArn) implements AssociationChange {
        @Override
        public String describe() {
            return "set the role of association " + id + " of ServiceAccount " + serviceAccount + " to " + roleArn;
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
