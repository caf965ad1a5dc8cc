package dev.irsa.reconcile.role;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.text.Page;
import dev.irsa.reconcile.run.RolePrior;
import dev.irsa.reconcile.run.Run;
import java.time.Instant;

/** Checks what IAM's answer that a role does not exist means for a resource that needs the role. */
final class AbsenceCheck {
    private AbsenceCheck() {}

    /**
     * Requires that the answer can be trusted and that the role may be created.
     *
     * @param asked when the call began
     * @throws FailureException if not
     */
    static void require(DesiredRole desired, RolePrior prior, Run run, Instant asked) {
        String role = desired.name();
        if (!run.role().trusts(Answer.REFUSAL, asked)) {
            throw FailureException.reconciling("IAM does not return role " + role
                    + ", possibly because it was written recently; no action needed");
        }
        if (desired.origin() == RoleOrigin.ADOPTED) {
            run.role().record(before -> before.absent(asked));
            throw nothingToAdopt(desired, run.role().trusts(Answer.ABSENCE, asked));
        }
        if (!prior.isNameTaken()) {
            return;
        }
        run.role().record(before -> before.nameTaken(asked));
        if (!run.role().trusts(Answer.NAME_TAKEN, asked)) {
            throw FailureException.reconciling(
                    "IAM reports that role " + role + " exists but does not return it yet; no action needed");
        }
        throw new FailureException(Failure.roleConflict(
                role,
                "cannot be created because IAM reports that its name is taken, but IAM returns no such role; a role whose"
                        + " name differs only in case may exist; create a resource with another spec.role.name"));
    }

    private static FailureException nothingToAdopt(DesiredRole desired, boolean proven) {
        String role = desired.name();
        return proven
                ? new FailureException(Failure.roleConflict(
                        role,
                        "does not exist, and the operator creates no roles with the path "
                                + desired.identity().path()
                                + "; create the role and offer it for adoption, or create a resource with"
                                + " another spec.role.path" + Page.ADOPTION.reference()))
                : FailureException.reconciling("IAM returns no role " + role
                        + " to adopt; waiting to rule out a stale IAM read; no action needed");
    }
}
