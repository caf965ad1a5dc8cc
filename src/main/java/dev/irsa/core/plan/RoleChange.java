package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.policy.PolicyDocument;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** A change to an IAM role. Each is one call of the IAM API action of that name. */
public sealed interface RoleChange extends Change {
    /** The name of the role. */
    String roleName();

    /** Creates the role complete: trust policy, boundary, session, description and tags are in one call. */
    record CreateRole(DesiredRole role) implements RoleChange {
        @Override
        public String roleName() {
            return role.name();
        }

        @Override
        public String describe() {
            return "create role " + role.identity().arn();
        }

        @Override
        public String describeDone() {
            return "created role " + role.identity().arn();
        }
    }

    /** Replaces the permissions boundary. */
    record PutRolePermissionsBoundary(String roleName, String boundary) implements RoleChange {
        @Override
        public String describe() {
            return "set the permissions boundary of role " + roleName + " to " + boundary;
        }

        @Override
        public String describeDone() {
            return describe();
        }
    }

    /**
     * Replaces the trust policy.
     *
     * @param replaced the current trust policy, if a user has to see it before it is replaced
     */
    record UpdateAssumeRolePolicy(String roleName, PolicyDocument trust, Optional<PolicyDocument> replaced)
            implements RoleChange {
        /** The digest comes first because long lines are truncated: different policies never give the same line. */
        @Override
        public String describe() {
            String before = replaced.map(document ->
                            ", whose digest is " + document.fingerprint().digest() + ", from " + document.text())
                    .orElse("");
            return "set the trust policy of role " + roleName + before + " to " + trust.text();
        }

        /** Leaves out the document, which would fill the event. */
        @Override
        public String describeDone() {
            return "set the trust policy of role " + roleName;
        }
    }

    /** Sets description and session together, because the call resets the one that is omitted. */
    record UpdateRole(String roleName, String description, int maxSessionSeconds) implements RoleChange {
        @Override
        public String describe() {
            return "set the maximum session duration of role " + roleName + " to " + maxSessionSeconds
                    + " s and its description to \"" + description + "\"";
        }

        @Override
        public String describeDone() {
            return describe();
        }
    }

    /** Adds tags or changes their values. */
    record TagRole(String roleName, SortedMap<String, String> tags) implements RoleChange {
        @Override
        public String describe() {
            return "tag role " + roleName + " with " + tags;
        }

        @Override
        public String describeDone() {
            return "tagged role " + roleName + " with " + tags;
        }

        /** Returns whether it claims a role that was not ours before. */
        public boolean claims() {
            return tags.containsKey(OwnershipTags.CLUSTER_ID);
        }

        /** Returns whether it adds tags of the user to this role, which are privileges wherever policies evaluate them. */
        public boolean grantsUserTags(DesiredRole desired) {
            return tags.keySet().stream().anyMatch(desired::isUserTag);
        }

        /** Returns whether it adopts a role that was offered. */
        public boolean adopts() {
            return claims() && tags.containsKey(OwnershipTags.ADOPTED);
        }
    }

    /** Removes tags. */
    record UntagRole(String roleName, Set<String> keys) implements RoleChange {
        @Override
        public String describe() {
            return "remove the tags " + keys + " from role " + roleName;
        }

        @Override
        public String describeDone() {
            return "removed the tags " + keys + " from role " + roleName;
        }
    }

    /** Attaches a managed policy. */
    record AttachRolePolicy(String roleName, String policyArn) implements RoleChange {
        @Override
        public String describe() {
            return "attach policy " + policyArn + " to role " + roleName;
        }

        @Override
        public String describeDone() {
            return "attached policy " + policyArn + " to role " + roleName;
        }
    }

    /** Adds an inline policy, or replaces the one of that name. */
    record PutRolePolicy(String roleName, String policyName, PolicyDocument document) implements RoleChange {
        @Override
        public String describe() {
            return "put inline policy " + policyName + " into role " + roleName;
        }

        @Override
        public String describeDone() {
            return describe();
        }
    }

    /** Detaches a managed policy. */
    record DetachRolePolicy(String roleName, String policyArn) implements RoleChange {
        @Override
        public String describe() {
            return "detach policy " + policyArn + " from role " + roleName;
        }

        @Override
        public String describeDone() {
            return "detached policy " + policyArn + " from role " + roleName;
        }
    }

    /** Removes an inline policy. */
    record DeleteRolePolicy(String roleName, String policyName) implements RoleChange {
        @Override
        public String describe() {
            return "delete inline policy " + policyName + " of role " + roleName;
        }

        @Override
        public String describeDone() {
            return "deleted inline policy " + policyName + " of role " + roleName;
        }
    }

    /** Deletes the role, which must have no policies. */
    record DeleteRole(String roleName) implements RoleChange {
        @Override
        public String describe() {
            return "delete role " + roleName;
        }

        @Override
        public String describeDone() {
            return "deleted role " + roleName;
        }
    }

    /** Returns whether it removes a policy, which frees quota. */
    default boolean removesPolicy() {
        return this instanceof DetachRolePolicy || this instanceof DeleteRolePolicy;
    }

    /** Returns whether it adds a policy, which needs quota. */
    default boolean addsPolicy() {
        return this instanceof AttachRolePolicy || this instanceof PutRolePolicy;
    }
}
