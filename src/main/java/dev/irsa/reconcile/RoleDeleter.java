package dev.irsa.reconcile;

import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.RoleDeletionPlanner;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.Roles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Deletes a role of ours, or releases it from our ownership. */
final class RoleDeleter {
    private final Roles roles;
    private final RoleWriter writer;

    RoleDeleter(Roles roles, RoleWriter writer) {
        this.roles = roles;
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
     * Deletes the role by these changes. The policies of the role are read only if that may restore its access, or if IAM refuses
     * the deletion because of others.
     *
     * @param known the policies that the changes remove
     * @param protectedPolicies the managed policies that are removed last
     */
    Deleted delete(
            String role,
            List<RoleChange> changes,
            ObservedPolicies known,
            ProtectedPolicies protectedPolicies,
            ResourceState state) {
        if (mayRestoreAccess(known, protectedPolicies, state)) {
            return deleteCompletely(role, List.of(), known, protectedPolicies, state);
        }
        Applied first = writer.removeAll(changes, state);
        boolean inUse =
                first.failure().filter(AwsFailure.RoleInUse.class::isInstance).isPresent();
        return inUse
                ? deleteCompletely(role, first.changes(), known, protectedPolicies, state)
                : new Deleted(first.changes(), "", first.failure());
    }

    /**
     * Deletes the role after reading what belongs to it. Policies that deny are removed last, and none is removed while IAM
     * would refuse to delete the role.
     *
     * @param before the changes that were made already
     * @param known the policies whose deletion needs no remark
     */
    private Deleted deleteCompletely(
            String role,
            List<Change> before,
            ObservedPolicies known,
            ProtectedPolicies protectedPolicies,
            ResourceState state) {
        try {
            List<String> profiles = roles.instanceProfiles(role);
            if (!profiles.isEmpty()) {
                return new Deleted(before, "", Optional.of(inInstanceProfiles(role, profiles)));
            }
            ObservedPolicies policies = roles.policies(role);
            Applied rest = writer.removeAll(RoleDeletionPlanner.removal(role, policies, protectedPolicies), state);
            List<Change> all = new ArrayList<>(before);
            all.addAll(rest.changes());
            return new Deleted(all, rest.failure().isPresent() ? "" : remark(policies, known), rest.failure());
        } catch (FailureException e) {
            return new Deleted(before, "", Optional.of(e.failure()));
        }
    }

    /** Applies the changes that release the role from our ownership. */
    Applied release(List<RoleChange> changes, ResourceState state) {
        return writer.removeAll(changes, state);
    }

    /**
     * Returns whether the role may have a policy that denies besides others that are not known. Removing it before those
     * would restore the access of a role that was cut off, until they are removed too.
     */
    private static boolean mayRestoreAccess(
            ObservedPolicies policies, ProtectedPolicies protectedPolicies, ResourceState state) {
        return state.known().provisional()
                || policies.inline().values().stream().anyMatch(PolicyFingerprint::onlyDenies)
                || policies.attached().stream().anyMatch(arn -> protectedPolicies.protects(arn));
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
    private static Failure inInstanceProfiles(String role, List<String> profiles) {
        return new Failure.DeletionBlocked("role " + role + " is in the instance profiles " + profiles
                + ", which the operator never changes; to remove the role from one, run: aws iam remove-role-from-instance-profile"
                + " --instance-profile-name " + profiles.getFirst() + " --role-name " + role);
    }
}
