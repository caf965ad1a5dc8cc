package dev.irsa.reconcile.role;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.core.text.Page;
import dev.irsa.core.text.PlainText;
import java.util.List;
import java.util.Optional;

/**
 * Whether a plan may be applied. The adoption of a role begins only when nothing prevents its completion, and when users have
 * seen whom the new trust policy excludes. They see it in {@code status.pendingChanges} while the resource is suspended, and
 * approve it by resuming the resource.
 *
 * @param pendingChanges what the status shows as pending until the plan is applied
 * @param refusal why the plan may not be applied; empty if it may
 */
public record AdoptionApproval(List<String> pendingChanges, Optional<Failure> refusal) {
    public AdoptionApproval {
        pendingChanges = List.copyOf(pendingChanges);
    }

    /**
     * Decides whether this plan may be applied.
     *
     * @param approved the changes that users have approved
     * @param owned whether the role is ours already
     * @param propagating whether IAM may still show the role as it was before it became the resource's
     */
    public static AdoptionApproval of(Plan plan, List<String> approved, boolean owned, boolean propagating) {
        boolean adopts = plan.changes().stream().anyMatch(change -> change instanceof TagRole tags && tags.adopts());
        if (!adopts) {
            return new AdoptionApproval(owned ? List.of() : approved, Optional.empty());
        }
        Optional<UpdateAssumeRolePolicy> unseen =
                trustChange(plan).filter(change -> !approved.contains(PlainText.of(change.describe())));
        if (unseen.isEmpty()) {
            List<String> planned = plan.descriptions();
            return new AdoptionApproval(planned, plan.obstacle().filter(AdoptionApproval::preventsCompletion));
        }
        String role = unseen.get().roleName();
        return propagating
                ? new AdoptionApproval(approved, Optional.of(stale(role)))
                : new AdoptionApproval(List.of(), Optional.of(notApproved(role)));
    }

    /**
     * Returns whether this obstacle is a problem rather than a wait. A wait may be for a change of the same plan, which is not
     * made before the adoption begins.
     */
    private static boolean preventsCompletion(Failure obstacle) {
        boolean waits = obstacle instanceof Failure.Waiting || obstacle.reason() == Reason.WaitingForPods;
        return !waits;
    }

    private static Optional<UpdateAssumeRolePolicy> trustChange(Plan plan) {
        return plan.changes().stream()
                .filter(UpdateAssumeRolePolicy.class::isInstance)
                .map(UpdateAssumeRolePolicy.class::cast)
                .findFirst();
    }

    private static Failure stale(String role) {
        return new Failure.Passing(
                Reason.Reconciling,
                "IAM still returns role " + role + " as it was before its adoption; no action needed");
    }

    private static Failure notApproved(String role) {
        return Failure.roleConflict(
                role,
                "is offered to this resource, but its adoption is not approved; the adoption replaces the trust policy,"
                        + " so everyone except the ServiceAccounts of this resource loses access; to approve it, set spec.suspend to true,"
                        + " review status.pendingChanges, and set spec.suspend to false" + Page.ADOPTION.reference());
    }
}
