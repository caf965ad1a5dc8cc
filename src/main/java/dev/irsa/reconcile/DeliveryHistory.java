package dev.irsa.reconcile;

import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.delivery.KnownAssociation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this process knows about how a role is delivered. Every method returns a new value.
 *
 * @param association empty if this process has not learned about it
 * @param confirmed whether EKS showed the association once every earlier change had propagated
 * @param changed when the trust policy, the annotation or the association was last changed, or may have been;
 *     {@link Instant#MIN} if this process has not changed them
 * @param creationLost when the last creation of an association got no response; {@link Instant#MIN} if all got one
 * @param deletionLost when the last deletion of an association got no response; {@link Instant#MIN} if all got one
 */
record DeliveryHistory(
        Optional<KnownAssociation> association,
        boolean confirmed,
        Instant changed,
        Instant creationLost,
        Instant deletionLost) {
    static final DeliveryHistory NONE =
            new DeliveryHistory(Optional.empty(), false, Instant.MIN, Instant.MIN, Instant.MIN);

    DeliveryHistory with(KnownAssociation known) {
        return new DeliveryHistory(Optional.of(known), false, changed, creationLost, deletionLost);
    }

    /** Returns this with an association that certainly exists. */
    DeliveryHistory withConfirmed(KnownAssociation known) {
        return new DeliveryHistory(Optional.of(known), true, changed, creationLost, deletionLost);
    }

    DeliveryHistory withUnknownAssociation() {
        return new DeliveryHistory(Optional.empty(), false, changed, creationLost, deletionLost);
    }

    DeliveryHistory changedAt(Instant now) {
        return new DeliveryHistory(association, confirmed, now, creationLost, deletionLost);
    }

    DeliveryHistory creationLostAt(Instant now) {
        return new DeliveryHistory(association, confirmed, changed, now, deletionLost);
    }

    DeliveryHistory deletionLostAt(Instant now) {
        return new DeliveryHistory(association, confirmed, changed, creationLost, now);
    }

    /**
     * Returns how long a creation without a response may still take effect.
     *
     * @param sentBefore until when an earlier process may have sent one
     */
    Duration mayBeCreated(Instant sentBefore, Duration window, Instant now) {
        return remaining(creationLost.isAfter(sentBefore) ? creationLost : sentBefore, window, now);
    }

    /** Returns how long a deletion without a response may still take effect. */
    Duration mayBeDeleted(WriteHistory history, Instant now) {
        return remaining(deletionLost, history.window(), now);
    }

    /** Returns how long until every earlier change has propagated. An earlier process may have made one until this one began. */
    Duration propagating(WriteHistory history, Instant now) {
        Instant began = history.workingSince();
        return remaining(changed.isAfter(began) ? changed : began, history.window(), now);
    }

    private static Duration remaining(Instant since, Duration window, Instant now) {
        boolean over = since.equals(Instant.MIN) || !now.isBefore(since.plus(window));
        return over ? Duration.ZERO : Duration.between(now, since.plus(window));
    }
}
