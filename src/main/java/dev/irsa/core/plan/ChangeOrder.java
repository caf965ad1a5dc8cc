package dev.irsa.core.plan;

import dev.irsa.core.desired.RequiredPolicies;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePermissionsBoundary;
import dev.irsa.core.plan.RoleChange.PutRolePolicy;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.core.plan.RoleChange.UpdateRole;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The order in which changes are made. Changes of the same rank keep their order. {@code RolePlanner} chooses
 * the order for a role, {@code RoleDeletionPlanner} has that of a deletion, and {@code DeliveryPlanner} decides the order of
 * the association and the annotation.
 *
 * <p>A ServiceAccount that is added to a role follows this order: the trust policy admits it before it has an association or an
 * annotation. One that is removed from a role is released in the reverse order, as if the resource were deleted. It loses its
 * annotation and then its association. Last, the trust policy no longer admits it. What cannot be released does not keep the
 * trust policy from being narrowed.
 *
 * <p>What an entitlement requires is attached before anything is granted, and a policy that is no longer required is detached after
 * everything that the earlier entitlement allowed. An inline policy that only denies is deleted after all of that, and not earlier to
 * free quota: until then, it limits what the role has.
 *
 * <p>If only the case of an inline policy's name changes, the old policy is deleted before the new one is written. IAM may treat both
 * names as one, and then a later deletion would remove what was written.
 */
public enum ChangeOrder {
    /** Access is granted before it is revoked, so that pods keep what they are to have. */
    GRANT_FIRST {
        @Override
        int rank(Change change, RequiredPolicies required) {
            return rankOnceAllowed(change, required);
        }
    },
    /**
     * What the role must no longer have is removed before it gets another boundary, and everything else after that. A plan that
     * stops half-way must not leave a combination that no single entitlement allows. Until the boundary is replaced, the role has
     * a part of what it had. After that, it has a part of what it is to have. Around that moment, it has all policies that either
     * entitlement requires.
     */
    REVOKE_FIRST {
        @Override
        int rank(Change change, RequiredPolicies required) {
            return switch (change) {
                case DetachRolePolicy detach when required.earlier().contains(detach.policyArn()) -> 9;
                case DeleteRolePolicy delete when delete.onlyDenies() -> rankOnceAllowed(change, required);
                case RoleChange policy when policy.removesPolicy() -> 1;
                case UntagRole tags -> 2;
                default -> rankOnceAllowed(change, required);
            };
        }
    },
    /** The same for a role with a longer session duration than it is to have. */
    REVOKE_FIRST_WITH_SESSION {
        @Override
        int rank(Change change, RequiredPolicies required) {
            return change instanceof UpdateRole ? 2 : REVOKE_FIRST.rank(change, required);
        }
    },
    /**
     * Policies are removed first because a quota has no room for those to be added. One that is no longer required waits for those
     * that are.
     */
    FREE_QUOTA_FIRST {
        @Override
        int rank(Change change, RequiredPolicies required) {
            return switch (change) {
                case DetachRolePolicy detach when required.earlier().contains(detach.policyArn()) -> 3;
                case DeleteRolePolicy delete when delete.onlyDenies() -> 5;
                case RoleChange policy when policy.removesPolicy() -> 0;
                case AttachRolePolicy attach when required.current().contains(attach.policyArn()) -> 1;
                case PutRolePermissionsBoundary boundary -> 1;
                case RoleChange policy when policy.addsPolicy() -> 4;
                case RoleChange other -> 2;
                case AssociationChange association -> 6;
                case ServiceAccountChange serviceAccount -> 6;
            };
        }
    };

    private static final int BEFORE_POLICIES_ARE_ADDED = 9;

    abstract int rank(Change change, RequiredPolicies required);

    /** Returns these changes in this order, for a role of which these policies are required. */
    public List<Change> sort(List<? extends Change> changes, RequiredPolicies required) {
        Set<String> written = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Change change : changes) {
            if (change instanceof PutRolePolicy put) {
                written.add(put.policyName());
            }
        }
        return changes.stream()
                .<Change>map(change -> change)
                .sorted(Comparator.comparingInt(change -> isWrittenAgain(change, written)
                        ? Math.min(rank(change, required), BEFORE_POLICIES_ARE_ADDED)
                        : rank(change, required)))
                .toList();
    }

    /** Returns whether a policy with this name, except for case, is written too. */
    private static boolean isWrittenAgain(Change change, Set<String> written) {
        return change instanceof DeleteRolePolicy delete && written.contains(delete.policyName());
    }

    private static int rankOnceAllowed(Change change, RequiredPolicies required) {
        return switch (change) {
            case CreateRole create -> 0;
            case TagRole tags when tags.claims() -> 0;
            case AttachRolePolicy attach when required.current().contains(attach.policyArn()) -> 3;
            case PutRolePermissionsBoundary boundary -> 4;
            case UpdateAssumeRolePolicy trust -> 5;
            case UpdateRole role -> 6;
            case UntagRole tags -> 7;
            case TagRole tags -> 8;
            case RoleChange policy when policy.addsPolicy() -> 10;
            case DetachRolePolicy detach when required.earlier().contains(detach.policyArn()) -> 12;
            case DeleteRolePolicy delete when delete.onlyDenies() -> 13;
            case RoleChange policy when policy.removesPolicy() -> 11;
            case RoleChange deletion -> 13;
            case AssociationChange association -> 14;
            case ServiceAccountChange serviceAccount -> 15;
        };
    }
}
