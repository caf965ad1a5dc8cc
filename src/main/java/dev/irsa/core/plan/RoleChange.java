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

    @Override
    default String describe(Tense tense) {
        return switch (this) {
            case CreateRole(DesiredRole role) ->
                tense.verb("create", "created") + " role " + role.identity().arn();
            case PutRolePermissionsBoundary(String role, String boundary) ->
                "set the permissions boundary of role " + role + " to " + boundary;
            case UpdateAssumeRolePolicy change ->
                "set the trust policy of role " + roleName() + (tense == Tense.IMPERATIVE ? change.documents() : "");
            case UpdateRole(String role, String description, int seconds) ->
                "set the maximum session duration of role " + role + " to " + seconds + " s and its description to \""
                        + description + "\"";
            case TagRole(String role, var tags) -> tense.verb("tag", "tagged") + " role " + role + " with " + tags;
            case UntagRole(String role, var keys) ->
                tense.verb("remove", "removed") + " the tags " + keys + " from role " + role;
            case AttachRolePolicy(String role, String arn) ->
                tense.verb("attach", "attached") + " policy " + arn + " to role " + role;
            case PutRolePolicy(String role, String policy, var document) ->
                "put inline policy " + policy + " into role " + role;
            case DetachRolePolicy(String role, String arn) ->
                tense.verb("detach", "detached") + " policy " + arn + " from role " + role;
            case DeleteRolePolicy(String role, String policy, var _) ->
                tense.verb("delete", "deleted") + " inline policy " + policy + " of role " + role;
            case DeleteRole(String role) -> tense.verb("delete", "deleted") + " role " + role;
        };
    }

    /** Creates the role complete: trust policy, boundary, session, description and tags are in one call. */
    record CreateRole(DesiredRole role) implements RoleChange {
        @Override
        public String roleName() {
            return role.name();
        }
    }

    /** Replaces the permissions boundary. */
    record PutRolePermissionsBoundary(String roleName, String boundary) implements RoleChange {}

    /**
     * Replaces the trust policy.
     *
     * @param replaced the current trust policy, if a user has to see it before it is replaced
     */
    record UpdateAssumeRolePolicy(String roleName, PolicyDocument trust, Optional<PolicyDocument> replaced)
            implements RoleChange {
        /**
         * The digest comes first because long lines are truncated: different policies never give the same line. A change that was
         * made has no documents, because they would fill the event.
         */
        private String documents() {
            String before = replaced.map(document ->
                            ", whose digest is " + document.fingerprint().digest() + ", from " + document.text())
                    .orElse("");
            return before + " to " + trust.text();
        }
    }

    /** Sets description and session together, because the call resets the one that is omitted. */
    record UpdateRole(String roleName, String description, int maxSessionSeconds) implements RoleChange {}

    /** Adds tags or changes their values. */
    record TagRole(String roleName, SortedMap<String, String> tags) implements RoleChange {
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
    record UntagRole(String roleName, Set<String> keys) implements RoleChange {}

    /** Attaches a managed policy. */
    record AttachRolePolicy(String roleName, String policyArn) implements RoleChange {}

    /** Adds an inline policy, or replaces the one of that name. */
    record PutRolePolicy(String roleName, String policyName, PolicyDocument document) implements RoleChange {}

    /** Detaches a managed policy. */
    record DetachRolePolicy(String roleName, String policyArn) implements RoleChange {}

    /**
     * Removes an inline policy.
     *
     * @param onlyDenies whether the policy only takes access away: without it, the role may have more than before
     */
    record DeleteRolePolicy(String roleName, String policyName, boolean onlyDenies) implements RoleChange {
        /** Creates the removal of a policy that may grant something. */
        public DeleteRolePolicy(String roleName, String policyName) {
            this(roleName, policyName, false);
        }
    }

    /** Deletes the role, which must have no policies. */
    record DeleteRole(String roleName) implements RoleChange {}

    /** Returns whether it removes a policy, which frees quota. */
    default boolean removesPolicy() {
        return this instanceof DetachRolePolicy || this instanceof DeleteRolePolicy;
    }

    /** Returns whether it adds a policy, which needs quota. */
    default boolean addsPolicy() {
        return this instanceof AttachRolePolicy || this instanceof PutRolePolicy;
    }
}
