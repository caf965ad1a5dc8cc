package dev.irsa.reconcile;

import dev.irsa.core.delivery.KnownAssociation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this process knows about how a role is delivered. Every method returns a new value.
 *
 * @param association empty if this process has not learned about it
 * @param changed when the trust policy, the annotation or the association was last changed, or may have been;
 *     {@link Instant#MIN} if this process has not changed them
 */
record DeliveryMemory(Optional<KnownAssociation> association, Instant changed) {
    static final DeliveryMemory NONE = new DeliveryMemory(Optional.empty(), Instant.MIN);

    DeliveryMemory with(KnownAssociation known) {
        return new DeliveryMemory(Optional.of(known), changed);
    }

    DeliveryMemory withUnknownAssociation() {
        return new DeliveryMemory(Optional.empty(), changed);
    }

    DeliveryMemory changedAt(Instant now) {
        return new DeliveryMemory(association, now);
    }

    /**
     * Returns how long until every earlier change has spread. An earlier process may have made one until this one began.
     *
     * @param workingSince when this process began to work
     */
    Duration spreading(Instant workingSince, Duration window, Instant now) {
        Instant latest = changed.isAfter(workingSince) ? changed : workingSince;
        Duration rest = Duration.between(now, latest.plus(window));
        return rest.isPositive() ? rest : Duration.ZERO;
    }
}
