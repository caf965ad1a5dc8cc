package dev.irsa.reconcile.managed;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.consistency.Answer;
import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.desired.DesiredDelivery;
import dev.irsa.core.plan.RolePlanner;
import dev.irsa.reconcile.authorization.Grant;
import dev.irsa.reconcile.memory.RequestedRead;
import dev.irsa.reconcile.run.RolePrior;
import dev.irsa.reconcile.run.Run;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Delays the changes that follow from the operator's configuration alone: of the tags that every role has, and of the default
 * way of delivery. Without a delay, an operator that starts with another configuration would change all resources at once, and
 * would write each role completely because it cannot trust IAM's answers yet.
 *
 * @param spread the time over which the changes are spread
 */
public record ConfigurationRollout(Duration spread, InstantSource clock, RandomGenerator random) {
    /**
     * Returns how long the change of a resource is delayed that was up to date; empty if it is not delayed. What follows from the
     * edit of an entitlement is not.
     *
     * @param predicted how far the delivery may go
     */
    Optional<Duration> delay(Run run, DeliveryPlan predicted, Grant grant) {
        Duration untrusted = run.role().untrustedFor(Answer.CONTENT, clock.instant());
        boolean delayed = run.prior(predicted.desired().role().templates()) == RolePrior.UP_TO_DATE
                && untrusted.isPositive()
                && run.role().requested() == RequestedRead.NONE
                && run.role().entitlements().covers(grant)
                && (changesOnlyRoleTags(predicted, run)
                        || movesByDefault(run, predicted.desired().delivery()));
        return delayed ? Optional.of(untrusted.plusMillis(random.nextLong(spread.toMillis() + 1))) : Optional.empty();
    }

    private static boolean changesOnlyRoleTags(DeliveryPlan predicted, Run run) {
        return predicted.steps().isEmpty()
                && run.role()
                        .known()
                        .role()
                        .map(role -> RolePlanner.changesOnlyRoleTags(
                                predicted.desired().role(), role))
                        .orElse(false);
    }

    /** A status of an earlier version names no way of delivery: it was IRSA. */
    private static boolean movesByDefault(Run run, DesiredDelivery wanted) {
        List<Delivery> before = run.previous().delivery();
        Set<Delivery> delivered = before.isEmpty() ? EnumSet.of(Delivery.IRSA) : EnumSet.copyOf(before);
        return run.resource().getSpec().delivery().isEmpty() && !delivered.equals(wanted.kinds());
    }
}
