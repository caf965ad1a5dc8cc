package dev.irsa.core.plan;

import java.util.List;

/** What happens to the role of a resource that is being deleted. */
public sealed interface RoleDeletionDecision {
    /** It is deleted by these changes. */
    record Removed(List<RoleChange> changes) implements RoleDeletionDecision {}

    /** It is retained, and these changes remove our ownership. */
    record Retained(List<RoleChange> changes) implements RoleDeletionDecision {}

    /** It never belonged to this resource. */
    record NeverOurs(String why) implements RoleDeletionDecision {}

    /** It belongs to this resource, which can no longer be proven. */
    record Blocked(String why) implements RoleDeletionDecision {}
}
