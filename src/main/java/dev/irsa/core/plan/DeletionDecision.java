package dev.irsa.core.plan;

import java.util.List;

/** What becomes of the role of a resource that is being deleted. */
public sealed interface DeletionDecision {
    /** It is removed by these calls. */
    record Removed(List<RoleChange> changes) implements DeletionDecision {}

    /** It stays, and by these calls no longer says that it is ours. */
    record Retained(List<RoleChange> changes) implements DeletionDecision {}

    /** It was never this resource's. */
    record NeverOurs(String why) implements DeletionDecision {}

    /** It is this resource's, and that can no longer be proven. */
    record Blocked(String why) implements DeletionDecision {}
}
