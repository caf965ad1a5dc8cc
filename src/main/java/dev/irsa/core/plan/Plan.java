package dev.irsa.core.plan;

import dev.irsa.core.desired.RequiredPolicies;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.Retry;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The changes to make, in order, and what prevents the rest.
 *
 * @param changes applied one after the other until one fails
 * @param obstacle why the changes do not reach the desired state; empty if they do
 * @param retryAfter when the first of the obstacles ends, which may be another than this one; empty if none ends
 *     at a known time
 */
public record Plan(List<Change> changes, Optional<Failure> obstacle, Optional<Duration> retryAfter) {
    /** A plan without changes. */
    public static final Plan NOTHING = new Plan(List.of(), Optional.empty());

    public Plan {
        changes = List.copyOf(changes);
    }

    /** Creates a plan with at most one obstacle. */
    public Plan(List<Change> changes, Optional<Failure> obstacle) {
        this(changes, obstacle, obstacle.flatMap(Failure::retryAfter));
    }

    /** Returns a plan that reaches the desired state. */
    public static Plan of(List<? extends Change> changes) {
        return new Plan(List.copyOf(changes), Optional.empty());
    }

    /** Returns a plan that changes nothing, for this reason. */
    public static Plan refused(Failure why) {
        return new Plan(List.of(), Optional.of(why));
    }

    /** Returns whether there are no changes and no obstacle. */
    public boolean isEmpty() {
        return changes.isEmpty() && obstacle.isEmpty();
    }

    /**
     * Returns what each change does, as users read it. Who owns the role and whom it admits comes first: the status shows only
     * the first changes, and users approve an adoption by what they see.
     */
    public List<String> descriptions() {
        return changes.stream()
                .sorted(Comparator.comparingInt(change -> setsOwnerOrTrust(change) ? 0 : 1))
                .map(Change::describe)
                .toList();
    }

    private static boolean setsOwnerOrTrust(Change change) {
        return change instanceof UpdateAssumeRolePolicy || (change instanceof TagRole tags && tags.claims());
    }

    /** Returns this plan followed by the next one. An obstacle in this plan drops the next. */
    public Plan then(Plan next) {
        if (obstacle.isPresent()) {
            return this;
        }
        List<Change> all = new ArrayList<>(changes);
        all.addAll(next.changes);
        return new Plan(all, next.obstacle, next.retryAfter);
    }

    /** Returns the changes of both plans, which are independent of each other, and the first obstacle. */
    public Plan and(Plan other) {
        List<Change> all = new ArrayList<>(changes);
        all.addAll(other.changes);
        return new Plan(
                all,
                obstacle.or(other::obstacle),
                backsOff()
                        ? Optional.empty()
                        : Stream.of(retryAfter, other.retryAfter)
                                .flatMap(Optional::stream)
                                .min(Duration::compareTo));
    }

    /** Returns whether the plan is tried again within seconds, because the obstacle may end at any time. */
    private boolean backsOff() {
        return retryAfter.isEmpty()
                && obstacle.filter(why -> why.retry() == Retry.SOON).isPresent();
    }

    /**
     * Returns the rest of a list of changes in an order that frees quota first, after the first change of it failed. Only a
     * quota is reason enough to revoke access before the replacement is granted.
     *
     * @return empty if the failure is not a quota, or nothing in the rest may free quota
     */
    public static Optional<List<Change>> freeingQuota(List<Change> rest, Failure failure, RequiredPolicies required) {
        boolean needsQuota = rest.getFirst() instanceof RoleChange role && role.addsPolicy();
        if (failure.reason() != Reason.QuotaExceeded || !needsQuota) {
            return Optional.empty();
        }
        List<Change> freeing = ChangeOrder.FREE_QUOTA_FIRST.sort(rest, required);
        return freeing.getFirst() instanceof RoleChange role && role.removesPolicy()
                ? Optional.of(freeing)
                : Optional.empty();
    }
}
