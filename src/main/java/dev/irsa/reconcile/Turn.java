package dev.irsa.reconcile;

import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.reconcile.association.DeliveryObserver;
import dev.irsa.reconcile.role.RoleObserver;
import dev.irsa.reconcile.run.RolePrior;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.status.ReconcileResult;
import java.time.Duration;
import java.util.Optional;

/** Decides whether a reconcile waits: for the first sweep, for its turn at AWS, or because it may. */
final class Turn {
    private final RoleObserver roles;
    private final DeliveryObserver deliveries;
    private final ConfigurationRollout rollout;
    private final ReconcileConcurrencyLimiter limiter;

    Turn(
            RoleObserver roles,
            DeliveryObserver deliveries,
            ConfigurationRollout rollout,
            ReconcileConcurrencyLimiter limiter) {
        this.roles = roles;
        this.deliveries = deliveries;
        this.rollout = rollout;
        this.limiter = limiter;
    }

    /** Returns whether a reconcile that needs AWS calls has its turn. Otherwise, it is requeued. */
    boolean enter(Run run, RolePrior prior) {
        return limiter.enter(run.ref(), prior.lane());
    }

    /** Returns the result of a reconcile that waits; empty if it goes on. */
    Optional<ReconcileResult> deferral(Run run, DeliveryPlan known, RolePrior prior) {
        Optional<PolicyFingerprint> trust = run.role().known().role().map(RoleState::trust);
        if (roles.isUpToDate(known.desired().role(), run) && !deliveries.callsEks(known, trust, run)) {
            return Optional.empty();
        }
        Optional<Duration> delay = rollout.delay(run, known);
        if (delay.isPresent()) {
            return delay.map(ReconcileResult::deferred);
        }
        // What was up to date and still is delivered may wait: one sweep at start reports all roles.
        boolean waitsForSweep = prior == RolePrior.UP_TO_DATE
                && known.steps().isEmpty()
                && run.role().awaitsSweep();
        return waitsForSweep || !limiter.enter(run.ref(), prior.lane())
                ? Optional.of(ReconcileResult.deferred())
                : Optional.empty();
    }
}
