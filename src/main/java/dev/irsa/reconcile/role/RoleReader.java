package dev.irsa.reconcile.role;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.RolePlanner;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.Roles;
import dev.irsa.reconcile.run.Run;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads a role and its policies from IAM, and decides whether known policies are recent enough. */
public record RoleReader(Roles roles, InstantSource clock) {
    /** Reads the role; empty if IAM returns none. */
    Optional<ObservedRole> role(String name, Run run) {
        return call(name, run, () -> roles.role(name));
    }

    /** Reads all policies of the role. */
    ObservedPolicies policies(String role, Run run) {
        return call(role, run, () -> roles.policies(role));
    }

    /**
     * Returns the policies if they are known. When a sweep has found more policies on a role than there should be, they are
     * read again before any is removed. Missing policies are simply added again.
     */
    Optional<ObservedPolicies> known(DesiredRole desired, ObservedRole role, Run run) {
        return run.role()
                .known()
                .policies(role.id())
                .filter(known -> !run.role().known().unconfirmed()
                        || RolePlanner.update(desired, new RoleState(role, known)).changes().stream()
                                .noneMatch(change -> change instanceof RoleChange policy && policy.removesPolicy()));
    }

    /**
     * Returns the known policies, after reading those again that are to be written or removed. Since they were read,
     * responders may have added a policy that denies, or replaced one by it.
     */
    ObservedPolicies refreshed(DesiredRole desired, ObservedPolicies known, Run run) {
        TreeMap<String, PolicyFingerprint> inline = new TreeMap<>(known.inline());
        for (String name : RolePlanner.affectedInline(desired, known)) {
            inlinePolicy(desired.name(), name, run)
                    .ifPresentOrElse(document -> inline.put(name, document), () -> inline.remove(name));
        }
        return new ObservedPolicies(known.attached(), inline);
    }

    /**
     * Returns the known policies, after reading the inline policies again if they were last read more than a window ago.
     * Responders may have replaced one since.
     */
    ObservedPolicies recent(String role, ObservedPolicies known, Run run) {
        if (!run.role().known().lastRead().plus(run.role().history().window()).isBefore(clock.instant())) {
            return known;
        }
        TreeMap<String, PolicyFingerprint> inline = new TreeMap<>(known.inline());
        // One that IAM does not return is deleted all the same: the answer may be stale.
        for (String name : known.inline().keySet()) {
            inlinePolicy(role, name, run).ifPresent(document -> inline.put(name, document));
        }
        return new ObservedPolicies(known.attached(), inline);
    }

    /** Reads one inline policy; empty if IAM returns none of that name. */
    Optional<PolicyFingerprint> inlinePolicy(String role, String policy, Run run) {
        return call(role, run, () -> roles.inlinePolicy(role, policy));
    }

    /** Permissions that depend on the role's tags take effect only when its tags have propagated. */
    private <T> T call(String role, Run run, Supplier<T> read) {
        Instant asked = clock.instant();
        try {
            return read.get();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied && !run.role().trusts(Answer.REFUSAL, asked)) {
                throw FailureException.reconciling(
                        "IAM has not propagated role " + role + " yet and denies reads of it; no action needed");
            }
            throw e;
        }
    }
}
