package dev.irsa.reconcile.role;

import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Quarantine;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.RoleDeletionPlanner;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.Roles;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.Run;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Deletes a role of ours, or releases it from our ownership. */
public final class RoleDeleter {
    private final Roles roles;
    private final RoleWriter writer;
    private final InstantSource clock;

    public RoleDeleter(Roles roles, RoleWriter writer, InstantSource clock) {
        this.roles = roles;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * The result of a deletion.
     *
     * @param remark which policies were deleted with the role although they are not in the spec; empty if none
     */
    record Deleted(Applied applied, String remark) {}

    /**
     * Deletes the role by these changes. The policies of the role are read again only if these changes may restore its access, or
     * if IAM refuses the deletion because of others.
     *
     * @param known the policies that the changes remove
     * @param protection the policies that belong to responders
     */
    Deleted delete(
            String role, List<RoleChange> changes, ObservedPolicies known, PolicyProtection protection, Run run) {
        if (mayRestoreAccess(known)) {
            return deleteCompletely(role, List.of(), known, protection, run);
        }
        Applied first = writer.applyAll(changes, run);
        boolean inUse =
                first.failure().filter(AwsFailure.RoleInUse.class::isInstance).isPresent();
        return inUse ? deleteCompletely(role, first.changes(), known, protection, run) : new Deleted(first, "");
    }

    /**
     * Deletes the role after reading what belongs to it. Policies that deny are removed last. None is removed while IAM would
     * refuse to delete the role, or while the role is quarantined.
     *
     * @param before the changes that were made already
     * @param known the policies whose deletion needs no remark
     */
    private Deleted deleteCompletely(
            String role, List<Change> before, ObservedPolicies known, PolicyProtection protection, Run run) {
        try {
            ObservedPolicies policies = policies(role, run);
            Optional<Failure> obstacle =
                    Quarantine.of(policies, protection).obstacle(role).or(() -> inInstanceProfiles(role));
            if (obstacle.isPresent()) {
                return new Deleted(new Applied(before, obstacle), "");
            }
            Applied rest = writer.applyAll(
                    RoleDeletionPlanner.removal(
                            role,
                            policies,
                            protection.managed(),
                            run.role().policyMemory().requiredBefore(run.previous())),
                    run);
            return new Deleted(
                    new Applied(before, Optional.empty()).then(() -> rest),
                    rest.failure().isPresent() ? "" : remark(policies, known));
        } catch (FailureException e) {
            return new Deleted(new Applied(before, Optional.of(e.failure())), "");
        }
    }

    /** Applies the changes that release the role from our ownership. */
    Applied release(List<RoleChange> changes, Run run) {
        return writer.applyAll(changes, run);
    }

    /**
     * Returns whether the role may have a policy that denies besides others that are not known. Removing it before those
     * would restore the access of a role that was cut off, until they are removed too.
     */
    private static boolean mayRestoreAccess(ObservedPolicies policies) {
        return policies.inline().values().stream().anyMatch(PolicyFingerprint::onlyDenies);
    }

    /** Reads the policies, and remembers them: the next attempt then knows of a quarantine before it changes anything. */
    private ObservedPolicies policies(String role, Run run) {
        Instant asked = clock.instant();
        ObservedPolicies policies = roles.policies(role);
        run.role().known().role().ifPresent(known -> run.role().seen(new RoleState(known.role(), policies), asked));
        return policies;
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
    private Optional<Failure> inInstanceProfiles(String role) {
        List<String> profiles = roles.instanceProfiles(role);
        return profiles.isEmpty()
                ? Optional.empty()
                : Optional.of(new Failure.DeletionBlocked("role " + role + " is in the instance profiles " + profiles
                        + ", which the operator never changes; to remove the role from one, run: aws iam remove-role-from-instance-profile"
                        + " --instance-profile-name " + profiles.getFirst() + " --role-name " + role));
    }
}
