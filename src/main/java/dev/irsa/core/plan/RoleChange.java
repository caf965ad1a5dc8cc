package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.policy.PolicyDocument;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** A change to an IAM role; each is one call of the IAM API of that name. */
public sealed interface RoleChange extends Change {
    /** The name of the role. */
    String roleName();

    /** Makes the role whole: trust, boundary, session, description and tags are in the one call. */
    record CreateRole(DesiredRole role) implements RoleChange {
        @Override
        public String roleName() {
            return role.name();
        }

        @Override
        public String describe() {
            return "create role " + role.identity().arn();
        }
    }

    /** Puts another permissions boundary in the place of what is there. */
    record PutRolePermissionsBoundary(String roleName, String boundary) implements RoleChange {
        @Override
        public String describe() {
            return "set the permissions boundary of role " + roleName + " to " + boundary;
        }
    }

    /**
     * Replaces the trust policy.
     *
     * @param replaced what it was, where somebody has to see that first
     */
    record UpdateAssumeRolePolicy(String roleName, PolicyDocument trust, Optional<PolicyDocument> replaced)
            implements RoleChange {
        /** The digest comes first, as a long line loses its end: no two policies have the same line. */
        @Override
        public String describe() {
            String before = replaced.map(document ->
                            ", whose digest is " + document.fingerprint().digest() + ", from " + document.text())
                    .orElse("");
            return "set the trust policy of role " + roleName + before + " to " + trust.text();
        }
    }

    /** Sets description and session together: the call resets the one that is left out. */
    record UpdateRole(String roleName, String description, int maxSessionSeconds) implements RoleChange {
        @Override
        public String describe() {
            return "set the session of role " + roleName + " to " + maxSessionSeconds + " s and its description to \""
                    + description + "\"";
        }
    }

    /** Adds tags or gives them other values. */
    record TagRole(String roleName, SortedMap<String, String> tags) implements RoleChange {
        @Override
        public String describe() {
            return "tag role " + roleName + " with " + tags;
        }

        /** Whether it makes the role ours, which was not ours before. */
        public boolean claims() {
            return tags.containsKey(Owner.CLUSTER_ID);
        }

        /** Whether it gives the role tags of the user, which are privileges wherever policies look at them. */
        public boolean empowers() {
            return tags.keySet().stream().anyMatch(UserTags::isUsers);
        }

        /** Whether it makes a role ours that somebody has offered. */
        public boolean adopts() {
            return claims() && tags.containsKey(Owner.ADOPTED);
        }
    }

    /** Removes tags. */
    record UntagRole(String roleName, Set<String> keys) implements RoleChange {
        @Override
        public String describe() {
            return "remove the tags " + keys + " from role " + roleName;
        }
    }

    /** Attaches a managed policy. */
    record AttachRolePolicy(String roleName, String policyArn) implements RoleChange {
        @Override
        public String describe() {
            return "attach policy " + policyArn + " to role " + roleName;
        }
    }

    /** Adds an inline policy, or replaces the one of that name. */
    record PutRolePolicy(String roleName, String policyName, PolicyDocument document) implements RoleChange {
        @Override
        public String describe() {
            return "put inline policy " + policyName + " into role " + roleName;
        }
    }

    /** Detaches a managed policy. */
    record DetachRolePolicy(String roleName, String policyArn) implements RoleChange {
        @Override
        public String describe() {
            return "detach policy " + policyArn + " from role " + roleName;
        }
    }

    /** Removes an inline policy. */
    record DeleteRolePolicy(String roleName, String policyName) implements RoleChange {
        @Override
        public String describe() {
            return "delete inline policy " + policyName + " of role " + roleName;
        }
    }

    /** Deletes the role, which must have no policies any more. */
    record DeleteRole(String roleName) implements RoleChange {
        @Override
        public String describe() {
            return "delete role " + roleName;
        }
    }

    /** Whether it takes something away that a quota may need first. */
    default boolean frees() {
        return this instanceof DetachRolePolicy || this instanceof DeleteRolePolicy;
    }

    /** Whether it adds what a quota may refuse. */
    default boolean occupies() {
        return this instanceof AttachRolePolicy || this instanceof PutRolePolicy;
    }
}
