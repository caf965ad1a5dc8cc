package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RoleFailure;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Keeps a plan from changing an inline policy that may be an incident response, in either of two observed states. */
final class UncertainDenies {
    private UncertainDenies() {}

    /** Returns the plan without the changes of inline policies that only deny and that the operator did not write. */
    static Plan spared(Plan plan, DesiredRole desired, RoleState trusted, RoleState shown) {
        Set<String> known = DenyPolicies.foreign(desired, trusted.policies());
        Set<String> denies = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        denies.addAll(known);
        denies.addAll(DenyPolicies.foreign(desired, shown.policies()));
        List<String> spared = plan.changes().stream()
                .flatMap(change -> inlinePolicy(change).stream())
                .filter(denies::contains)
                .toList();
        if (spared.isEmpty()) {
            return plan;
        }
        List<Change> rest = plan.changes().stream()
                .filter(change -> inlinePolicy(change).filter(denies::contains).isEmpty())
                .toList();
        boolean ours = spared.stream()
                .anyMatch(name ->
                        !known.contains(name) && trusted.policies().inline().containsKey(name));
        Optional<Failure> obstacle = ours
                ? Optional.of(stale(desired.name(), spared.getFirst()))
                : plan.obstacle().or(() -> Optional.of(RoleFailure.policyProtected(desired.name(), spared.getFirst())));
        return new Plan(rest, obstacle);
    }

    private static Optional<String> inlinePolicy(Change change) {
        return switch (change) {
            case PutRolePolicy put -> Optional.of(put.policyName());
            case DeleteRolePolicy delete -> Optional.of(delete.policyName());
            default -> Optional.empty();
        };
    }

    /** The operator wrote the policy a moment ago: IAM shows an older version of ours, or a later one of another writer. */
    private static Failure stale(String role, String policy) {
        return new Failure.Passing(
                Reason.Reconciling,
                "IAM returns a different inline policy " + policy + " of role " + role
                        + " than the operator wrote; waiting to rule out a stale IAM read; no action needed");
    }
}
