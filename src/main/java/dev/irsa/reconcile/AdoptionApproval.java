package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.Adopt;
import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.core.consistency.ConsistencyWindow;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.core.text.PlainText;
import dev.irsa.reconcile.status.Progress;
import dev.irsa.reconcile.status.ReconcileResult;
import java.util.List;
import java.util.Optional;

/**
 * When the adoption of a role of others begins: when nothing is in its way, and the user has seen what it does to those
 * who may assume the role and has gone on. He sees it in {@code status.pendingChanges} while the resource is suspended,
 * and goes on by resuming it.
 */
final class AdoptionApproval {
    private AdoptionApproval() {}

    /**
     * What the user was shown and has gone on from. It stays in the status until it is carried out, so that neither a
     * failure on the way nor a restart takes his word from him. What an operator with {@code --dry-run} has shown is not
     * his word, whether he has changed the spec since or not.
     */
    static List<String> agreed(IamServiceAccount resource, boolean dryRun) {
        IamServiceAccountStatus status = resource.getStatus();
        if (status == null || resource.getSpec().role().adopt() == Adopt.Never) {
            return List.of();
        }
        boolean wentOn = status.conditions().stream().noneMatch(AdoptionApproval::isOfDryRun);
        return resource.getSpec().suspend() || (wentOn && !dryRun) ? status.pendingChanges() : List.of();
    }

    private static boolean isOfDryRun(Condition condition) {
        return condition.reason().equals(Reason.Suspended.name())
                && !condition.message().startsWith(ReconcileResult.Pending.BY_SPEC);
    }

    /**
     * About to carry out a plan: if it adopts a role, throws what keeps that from beginning.
     *
     * @param spreading whether IAM may still show the role as it was before it became the resource's
     * @param progress holds as pending what the user has agreed to, and from here on what is begun
     */
    static void begin(Plan plan, boolean spreading, Progress progress) {
        boolean adopts = plan.changes().stream().anyMatch(change -> change instanceof TagRole tags && tags.adopts());
        if (!adopts) {
            if (progress.role().isPresent()) {
                progress.pending(List.of());
            }
            return;
        }
        List<String> agreed = progress.pending();
        Optional<UpdateAssumeRolePolicy> unseen =
                trust(plan).filter(change -> !agreed.contains(PlainText.of(change.describe())));
        if (unseen.isPresent() && spreading) {
            throw ConsistencyWindow.notYet(
                    "IAM still shows role " + unseen.get().roleName() + " as it was before its adoption");
        }
        progress.pending(List.of());
        unseen.ifPresent(change -> PreviousStatus.fail(unseen(change.roleName())));
        progress.pending(plan.changes().stream().map(Change::describe).toList());
        plan.obstacle().ifPresent(PreviousStatus::fail);
    }

    private static Optional<UpdateAssumeRolePolicy> trust(Plan plan) {
        return plan.changes().stream()
                .filter(UpdateAssumeRolePolicy.class::isInstance)
                .map(UpdateAssumeRolePolicy.class::cast)
                .findFirst();
    }

    private static Failure unseen(String role) {
        return new Failure.RoleConflict(
                role,
                "is offered to this resource, which would replace its trust policy: whoever may assume it now could not"
                        + " any more; set spec.suspend to true, read status.pendingChanges, then set it to false; see"
                        + " docs/ownership.md");
    }
}
