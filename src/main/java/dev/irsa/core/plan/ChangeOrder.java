package dev.irsa.core.plan;

import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.core.plan.RoleChange.PutRolePermissionsBoundary;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.core.plan.RoleChange.UpdateRole;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which changes are made. Changes of the same rank keep their order. {@code RolePlanner} chooses
 * the order for a role, {@code RoleDeletionPlanner} has that of a deletion, and {@code DeliveryPlanner} decides the order of
 * the association and the annotation.
 *
 * <p>A ServiceAccount that is added to a role follows this order: the trust policy admits it before it has an association or an
 * annotation. One that is removed from a role is released in the reverse order, as if the resource were deleted. It loses its
 * annotation and then its association. Last, the trust policy no longer admits it. What cannot be released does not keep the
 * trust policy from being narrowed.
 */
public enum ChangeOrder {
    /** Access is granted before it is revoked, so that pods keep what they are to have. */
    GRANT_FIRST {
        @Override
        int rank(Change change) {
            return baseRank(change);
        }
    },
    /**
     * What the role must no longer have is removed before it gets another boundary, and everything else after that. A plan that
     * stops half-way must not leave a combination that no single entitlement allows. Until the boundary is replaced, the role has
     * a part of what it had. After that, it has a part of what it is to have.
     */
    REVOKE_FIRST {
        @Override
        int rank(Change change) {
            return switch (change) {
                case RoleChange policy when policy.removesPolicy() -> 1;
                case UntagRole tags -> 2;
                default -> baseRank(change);
            };
        }
    },
    /** The same for a role with a longer session duration than it is to have. */
    REVOKE_FIRST_WITH_SESSION {
        @Override
        int rank(Change change) {
            return change instanceof UpdateRole ? 2 : REVOKE_FIRST.rank(change);
        }
    },
    /** Policies are removed first because a quota has no room for those to be added. */
    FREE_QUOTA_FIRST {
        @Override
        int rank(Change change) {
            return change instanceof RoleChange policy && policy.removesPolicy() ? 0 : 1;
        }
    };

    abstract int rank(Change change);

    /** Returns these changes in this order. */
    public List<Change> sort(List<? extends Change> changes) {
        return changes.stream()
                .<Change>map(change -> change)
                .sorted(Comparator.comparingInt(this::rank))
                .toList();
    }

    private static int baseRank(Change change) {
        return switch (change) {
            case CreateRole create -> 0;
            case TagRole tags when tags.claims() -> 0;
            case PutRolePermissionsBoundary boundary -> 3;
            case UpdateAssumeRolePolicy trust -> 4;
            case UpdateRole role -> 5;
            case UntagRole tags -> 6;
            case TagRole tags -> 7;
            case RoleChange policy when policy.addsPolicy() -> 8;
            case RoleChange policy when policy.removesPolicy() -> 9;
            case RoleChange deletion -> 10;
            case AssociationChange association -> 11;
            case ServiceAccountChange serviceAccount -> 12;
        };
    }
}
