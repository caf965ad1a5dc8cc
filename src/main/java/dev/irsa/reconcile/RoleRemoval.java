package dev.irsa.reconcile;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.plan.DeletionPlanner;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.Cloud;
import dev.irsa.reconcile.status.Progress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;

/** Removes a role that is ours, or sets it free: what is gone already need not be taken. */
final class RoleRemoval {
    private final Cloud cloud;
    private final InstantSource clock;

    RoleRemoval(Cloud cloud, InstantSource clock) {
        this.cloud = cloud;
        this.clock = clock;
    }

    /** Removes the role; answers, for people, what else had been put on it. */
    String remove(
            String role, List<RoleChange> changes, ObservedPolicies guess, CachedRoleState memory, Progress progress) {
        try {
            apply(changes, memory, progress);
            return "";
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.RoleInUse)) {
                throw e;
            }
        }
        ObservedPolicies policies = cloud.policies(role);
        try {
            apply(DeletionPlanner.removal(role, policies), memory, progress);
        } catch (FailureException e) {
            throw e.failure() instanceof Failure.RoleInUse inUse ? new FailureException(inUseBy(role, inUse)) : e;
        }
        TreeSet<String> foreign = new TreeSet<>(policies.attached());
        foreign.addAll(policies.inline().keySet());
        foreign.removeAll(guess.attached());
        foreign.removeAll(guess.inline().keySet());
        return foreign.isEmpty() ? "" : "removed with the role, though not in the spec: " + String.join(", ", foreign);
    }

    void apply(List<RoleChange> changes, CachedRoleState memory, Progress progress) {
        changes.forEach(change -> apply(change, memory, progress));
    }

    /** Instance profiles are not ours to touch. */
    private Failure inUseBy(String role, Failure.RoleInUse inUse) {
        List<String> profiles = cloud.instanceProfiles(role);
        if (profiles.isEmpty()) {
            return inUse;
        }
        return new Failure.DeletionBlocked("role " + role + " is in the instance profiles " + profiles
                + ", which this operator never touches; take it out: aws iam remove-role-from-instance-profile"
                + " --instance-profile-name " + profiles.getFirst() + " --role-name " + role);
    }

    private void apply(RoleChange change, CachedRoleState memory, Progress progress) {
        Instant asked = clock.instant();
        try {
            cloud.apply(change);
        } catch (FailureException e) {
            if (e.failure().reason() == Reason.AwsUnavailable) {
                memory.doubt().unheard(clock.instant());
            } else if (e.failure() instanceof Failure.NotFound) {
                memory.doubt().mayHaveWritten(clock.instant());
            }
            if (!(change.frees() && e.failure() instanceof Failure.NotFound)) {
                throw e;
            }
            return;
        }
        memory.wrote(change, asked, clock.instant());
        progress.done(change);
    }
}
