package dev.irsa.reconcile;

import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.DeletionPlanner;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.Cloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Deletes a role of ours, or releases it from our ownership. */
final class RoleDeleter {
    private final Cloud cloud;
    private final RoleWriter writer;

    RoleDeleter(Cloud cloud, RoleWriter writer) {
        this.cloud = cloud;
        this.writer = writer;
    }

    /**
     * The result of a deletion.
     *
     * @param changes those that were made
     * @param remark which policies were deleted with the role although they are not in the spec; empty if none
     * @param failure why the role is not deleted; empty if it is
     */
    record Deleted(List<Change> changes, String remark, Optional<Failure> failure) {}

    /**
     * Deletes the role by these changes. The policies of the role are read only if IAM refuses the deletion because of others.
     *
     * @param known the policies that the changes remove
     * @param protectedPolicies the managed policies that are removed last
     */
    Deleted delete(
            String role,
            List<RoleChange> changes,
            ObservedPolicies known,
            ProtectedPolicies protectedPolicies,
            CachedRoleState state) {
        Applied first = writer.removeAll(changes, state);
        if (!isInUse(first)) {
            return new Deleted(first.changes(), "", first.failure());
        }
        try {
            ObservedPolicies policies = cloud.policies(role);
            Applied second = writer.removeAll(DeletionPlanner.removal(role, policies, protectedPolicies), state);
            List<Change> all = new ArrayList<>(first.changes());
            all.addAll(second.changes());
            Optional<Failure> failure =
                    isInUse(second) ? Optional.of(inUse(role, second.failure().orElseThrow())) : second.failure();
            return new Deleted(all, failure.isPresent() ? "" : remark(policies, known), failure);
        } catch (FailureException e) {
            return new Deleted(first.changes(), "", Optional.of(e.failure()));
        }
    }

    /** Deletes the role after reading its policies, so that those that deny are removed last. */
    Deleted deleteCompletely(String role, ProtectedPolicies protectedPolicies, CachedRoleState state) {
        ObservedPolicies policies = cloud.policies(role);
        return delete(
                role, DeletionPlanner.removal(role, policies, protectedPolicies), policies, protectedPolicies, state);
    }

    /** Applies the changes that release the role from our ownership. */
    Applied release(List<RoleChange> changes, CachedRoleState state) {
        return writer.removeAll(changes, state);
    }

    private static boolean isInUse(Applied applied) {
        return applied.failure().filter(AwsFailure.RoleInUse.class::isInstance).isPresent();
    }

    private static String remark(ObservedPolicies policies, ObservedPolicies known) {
        TreeSet<String> foreign = new TreeSet<>(policies.attached());
        foreign.addAll(policies.inline().keySet());
        foreign.removeAll(known.attached());
        foreign.removeAll(known.inline().keySet());
        return foreign.isEmpty()
                ? ""
                : "policies that were not in the spec were deleted with the role: " + String.join(", ", foreign);
    }

    /** Instance profiles are not the operator's to change. */
    private Failure inUse(String role, Failure failure) {
        List<String> profiles = cloud.instanceProfiles(role);
        if (profiles.isEmpty()) {
            return failure;
        }
        return new Failure.DeletionBlocked("role " + role + " is in the instance profiles " + profiles
                + ", which the operator never changes; to remove the role from one, run: aws iam remove-role-from-instance-profile"
                + " --instance-profile-name " + profiles.getFirst() + " --role-name " + role);
    }
}
