package dev.irsa.reconcile.association;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.delivery.DeliveryPlanner;
import dev.irsa.core.delivery.KnownAssociation;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.status.PreviousStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Observes the association of a resource, only when that may change the plan. */
public record AssociationObserver(AssociationReader reader) {
    /** Returns what is known of the association of a ServiceAccount. */
    static KnownAssociation association(String serviceAccount, Run run) {
        return run.delivery().history().association(serviceAccount).orElseGet(KnownAssociation.None::new);
    }

    /** Returns the association of a ServiceAccount that the status names. */
    public static Optional<KnownAssociation> recorded(PreviousStatus previous, String serviceAccount) {
        return previous.association(serviceAccount)
                .map(named -> new KnownAssociation.Recorded(named.id(), named.arn()));
    }

    /** Returns whether an association has to be read because that may change the plan. */
    static boolean isAnyReadDue(Desired.Valid desired, Optional<PolicyFingerprint> trust, Instant now, Run run) {
        return desired.serviceAccounts().stream().anyMatch(account -> isReadDue(desired.of(account), trust, now, run));
    }

    /** Returns whether the association of the first ServiceAccount has to be read because that may change the plan. */
    static boolean isReadDue(Desired.Valid desired, Optional<PolicyFingerprint> trust, Instant now, Run run) {
        String serviceAccount = desired.serviceAccount().name();
        if (!desired.delivery().uses(Delivery.PodIdentity)) {
            return !isRead(serviceAccount, run) && DeliveryPlanner.mayBeAssociated(desired, trust);
        }
        return switch (association(serviceAccount, run)) {
            // Before the annotation is removed, it must be certain that the association exists.
            case KnownAssociation.Ours(var ours, boolean shown) ->
                !shown
                        || (DeliveryPlanner.leavesIrsa(desired, trust)
                                && !run.delivery().history().confirmed(serviceAccount)
                                && propagating(now, run).isZero());
            case KnownAssociation.Foreign foreign -> true;
            case KnownAssociation.Recorded recorded -> DeliveryPlanner.leavesIrsa(desired, trust);
            case KnownAssociation.None none -> false;
        };
    }

    private static boolean isRead(String serviceAccount, Run run) {
        return run.delivery()
                .history()
                .association(serviceAccount)
                .filter(known -> !(known instanceof KnownAssociation.Recorded))
                .isPresent();
    }

    /**
     * Reads the association of the first ServiceAccount, and records what EKS shows of it.
     *
     * @param asked the time before the read; an answer counts from then, however long this process was stopped since
     */
    void read(String namespace, Desired.Valid desired, Instant asked, Run run) {
        boolean mayBeDeleted = run.delivery()
                .history()
                .mayBeDeleted(run.role().history(), asked)
                .isPositive();
        if (mayBeDeleted) {
            // What EKS shows now proves nothing.
            return;
        }
        String serviceAccount = desired.serviceAccount().name();
        KnownAssociation seen = switch (association(serviceAccount, run)) {
            case KnownAssociation.Ours ours -> shown(ours, namespace, desired, asked, run);
            case KnownAssociation.Foreign foreign -> read(Optional.of(foreign.id()), desired);
            // A process that has ended may have created another association than the one in the status.
            case KnownAssociation.Recorded recorded -> read(reader.find(namespace, serviceAccount), desired);
            case KnownAssociation.None none -> read(reader.findUnrecorded(namespace, serviceAccount), desired);
        };
        // Until then, EKS may not show ours yet, still show ours after it was deleted, or show one of an earlier owner.
        if (propagating(asked, run).isZero()) {
            run.delivery().update(before -> before.withConfirmed(serviceAccount, seen));
        } else if (seen instanceof KnownAssociation.Ours) {
            run.delivery().update(before -> before.with(serviceAccount, seen));
        }
    }

    private KnownAssociation read(Optional<String> id, Desired.Valid desired) {
        return id.flatMap(found -> reader.read(
                        found,
                        desired.serviceAccount().name(),
                        desired.role().identity().owner()))
                .orElseGet(KnownAssociation.None::new);
    }

    /** For a while, EKS may not show what we created, or show an earlier association of the ServiceAccount. */
    private KnownAssociation shown(
            KnownAssociation.Ours ours, String namespace, Desired.Valid desired, Instant asked, Run run) {
        Optional<String> found = reader.find(namespace, desired.serviceAccount().name());
        if (found.equals(Optional.of(ours.association().id()))) {
            return new KnownAssociation.Ours(ours.association(), true);
        }
        return propagating(asked, run).isPositive() ? ours : read(found, desired);
    }

    private static Duration propagating(Instant asked, Run run) {
        return run.delivery().history().propagating(run.role().history(), asked);
    }
}
