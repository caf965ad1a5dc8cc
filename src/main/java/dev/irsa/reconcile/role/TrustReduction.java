package dev.irsa.reconcile.role;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.desired.TrustNarrowing;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.ownership.Ownership;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.port.RoleReads;
import dev.irsa.reconcile.memory.ReducedTrust;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.status.PreviousStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes ServiceAccounts that were removed from the spec out of the trust policy of a role, and changes nothing else. It reads the
 * trust policy once for each difference from the spec, because the operator keeps only its fingerprint.
 */
public record TrustReduction(RoleReads roles, RoleWriter writer, FinalizerGuard finalizers, InstantSource clock) {
    /** Returns whether the trust policy may admit a ServiceAccount that the spec does not name. */
    public boolean isDue(Desired.Valid desired, PreviousStatus previous, Run run) {
        ReducedTrust now = ReducedTrust.of(desired, run.role().known());
        if (now.known().equals(Optional.of(desired.role().trust().fingerprint()))
                || run.role().reduction().equals(Optional.of(now))) {
            return false;
        }
        // The first sweep reads the trust policies of all roles at once.
        return now.known().isPresent()
                || !previous.describesSpec()
                || !run.role().awaitsSweep();
    }

    /**
     * Takes those ServiceAccounts out, and returns what was changed.
     *
     * @throws FailureException if IAM refuses it or does not respond, or if it may show an older trust policy, which must not be
     *     written again
     */
    public Applied apply(Desired.Valid desired, Run run) {
        Instant asked = clock.instant();
        RoleIdentity role = desired.role().identity();
        TrustTerms terms = desired.delivery().terms();
        Optional<PolicyDocument> narrower = roles.trust(role.name())
                .filter(shown -> isOurs(role, shown))
                .flatMap(shown -> TrustNarrowing.of(shown.trust(), terms));
        Duration untrusted = run.role().untrustedFor(Answer.CONTENT, asked);
        if (untrusted.isPositive()) {
            throw new FailureException(new Failure.Waiting(
                    Reason.Reconciling,
                    "waiting to rule out a stale IAM read of the trust policy of role " + role.name()
                            + "; no action needed",
                    untrusted));
        }
        Optional<RoleChange> change =
                narrower.map(trust -> new RoleChange.UpdateAssumeRolePolicy(role.name(), trust, Optional.empty()));
        change.ifPresent(update -> {
            finalizers.confirm(run);
            writer.apply(update, desired.role(), run);
        });
        run.role().reduction(ReducedTrust.of(desired, run.role().known()));
        return change.map(Applied::of).orElse(Applied.NONE);
    }

    private static boolean isOurs(RoleIdentity role, ObservedTrust shown) {
        return shown.arn().equals(role.arn()) && Ownership.of(role.owner(), shown.tags()) instanceof Ownership.Ours;
    }
}
