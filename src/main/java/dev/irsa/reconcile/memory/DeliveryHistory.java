package dev.irsa.reconcile.memory;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.collection.Sorted;
import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.delivery.AssociationPlanner;
import dev.irsa.core.delivery.AssociationState;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredServiceAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What this process knows about how a role is delivered. Every method returns a new value.
 *
 * @param associations by the name of the ServiceAccount; without those that this process has not learned about
 * @param ways the ServiceAccounts for which anything may have been changed, and in which ways
 * @param changed when the trust policy, an annotation or an association was last changed, or may have been;
 *     {@link Instant#MIN} if this process has not changed them
 * @param creationLost when the last creation of an association got no response; {@link Instant#MIN} if all got one
 * @param deletionLost when the last deletion of an association got no response; {@link Instant#MIN} if all got one
 */
public record DeliveryHistory(
        SortedMap<String, Sight> associations,
        SortedMap<String, Set<Delivery>> ways,
        Instant changed,
        Instant creationLost,
        Instant deletionLost) {
    static final DeliveryHistory NONE =
            new DeliveryHistory(new TreeMap<>(), new TreeMap<>(), Instant.MIN, Instant.MIN, Instant.MIN);

    public DeliveryHistory {
        associations = Sorted.copyOf(associations);
        ways = Sorted.copyOf(ways);
    }

    /**
     * What is known of one association.
     *
     * @param confirmed whether it is certain: EKS showed it, or that there is none, once every earlier change had propagated, or
     *     this process deleted it. A sweep that does not list an association does not show whether another one, created late,
     *     has replaced it.
     */
    record Sight(AssociationState association, boolean confirmed) {}

    /** Returns the association of a ServiceAccount; empty if this process has not learned about it. */
    public Optional<AssociationState> association(String serviceAccount) {
        return Optional.ofNullable(associations.get(serviceAccount)).map(Sight::association);
    }

    /** Returns whether it is certain which association a ServiceAccount has, or that it has none. */
    public boolean confirmed(String serviceAccount) {
        return Optional.ofNullable(associations.get(serviceAccount))
                .filter(Sight::confirmed)
                .isPresent();
    }

    /** Returns the IDs of the associations of the resource. */
    public Set<String> ids() {
        return associations.values().stream()
                .flatMap(sight -> AssociationPlanner.id(sight.association()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public DeliveryHistory with(String serviceAccount, AssociationState known) {
        return with(serviceAccount, Optional.of(new Sight(known, false)));
    }

    /** Returns this with what is certain about the association of a ServiceAccount. */
    public DeliveryHistory withConfirmed(String serviceAccount, AssociationState known) {
        return with(serviceAccount, Optional.of(new Sight(known, true)));
    }

    public DeliveryHistory withUnknownAssociation(String serviceAccount) {
        return with(serviceAccount, Optional.empty());
    }

    private DeliveryHistory with(String serviceAccount, Optional<Sight> sight) {
        TreeMap<String, Sight> now = new TreeMap<>(associations);
        now.remove(serviceAccount);
        sight.ifPresent(seen -> now.put(serviceAccount, seen));
        return new DeliveryHistory(now, ways, changed, creationLost, deletionLost);
    }

    /** Returns the ServiceAccounts that were removed from the spec and are not released, and in which ways each may be set up. */
    public SortedMap<String, Set<Delivery>> removed(Desired.Valid desired) {
        TreeMap<String, Set<Delivery>> removed = new TreeMap<>(ways);
        desired.serviceAccounts().stream().map(DesiredServiceAccount::name).forEach(removed::remove);
        return removed;
    }

    /** Returns whether the association of one of them may have to be deleted. */
    public boolean mayCallEks(Desired.Valid desired) {
        return removed(desired).values().stream().anyMatch(left -> left.contains(Delivery.PodIdentity));
    }

    /** Returns this with a ServiceAccount for which these ways may have been set up. */
    public DeliveryHistory withWays(String serviceAccount, Set<Delivery> more) {
        TreeMap<String, Set<Delivery>> now = new TreeMap<>(ways);
        now.merge(serviceAccount, more, (one, other) -> {
            EnumSet<Delivery> both = EnumSet.noneOf(Delivery.class);
            both.addAll(one);
            both.addAll(other);
            return both;
        });
        return new DeliveryHistory(associations, now, changed, creationLost, deletionLost);
    }

    /**
     * Returns this without a ServiceAccount that was released, whose association was deleted. The status may still name that
     * association: its last write may be lost.
     */
    public DeliveryHistory released(String serviceAccount) {
        TreeMap<String, Set<Delivery>> now = new TreeMap<>(ways);
        now.remove(serviceAccount);
        return new DeliveryHistory(associations, now, changed, creationLost, deletionLost)
                .with(serviceAccount, new AssociationState.None());
    }

    /** Returns this without the missing associations of ServiceAccounts that neither the spec nor the status names. */
    public DeliveryHistory withoutMissing(Set<String> named) {
        TreeMap<String, Sight> now = new TreeMap<>(associations);
        now.entrySet()
                .removeIf(known -> known.getValue().association() instanceof AssociationState.None
                        && !named.contains(known.getKey()));
        return new DeliveryHistory(now, ways, changed, creationLost, deletionLost);
    }

    /** Returns this once every other way was withdrawn from the ServiceAccounts. */
    public DeliveryHistory reached(Set<Delivery> kinds) {
        TreeMap<String, Set<Delivery>> now = new TreeMap<>(ways);
        now.replaceAll((_, _) -> kinds);
        return new DeliveryHistory(associations, now, changed, creationLost, deletionLost);
    }

    public DeliveryHistory changedAt(Instant now) {
        return new DeliveryHistory(associations, ways, now, creationLost, deletionLost);
    }

    public DeliveryHistory creationLostAt(Instant now) {
        return new DeliveryHistory(associations, ways, changed, now, deletionLost);
    }

    public DeliveryHistory deletionLostAt(Instant now) {
        return new DeliveryHistory(associations, ways, changed, creationLost, now);
    }

    /**
     * Returns how long a creation without a response may still take effect.
     *
     * @param sentBefore until when an earlier process may have sent one
     */
    public Duration mayBeCreated(Instant sentBefore, Duration window, Instant now) {
        return remaining(creationLost.isAfter(sentBefore) ? creationLost : sentBefore, window, now);
    }

    /** Returns how long a deletion without a response may still take effect. */
    public Duration mayBeDeleted(WriteHistory history, Instant now) {
        return remaining(deletionLost, history.window(), now);
    }

    /** Returns how long until every earlier change has propagated. An earlier process may have made one until this one began. */
    public Duration propagating(WriteHistory history, Instant now) {
        Instant began = history.workingSince();
        return remaining(changed.isAfter(began) ? changed : began, history.window(), now);
    }

    private static Duration remaining(Instant since, Duration window, Instant now) {
        boolean over = since.equals(Instant.MIN) || !now.isBefore(since.plus(window));
        return over ? Duration.ZERO : Duration.between(now, since.plus(window));
    }
}
