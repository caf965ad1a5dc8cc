package dev.irsa.reconcile.association;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.delivery.AssociationState;
import dev.irsa.core.delivery.DeliveryPlanner;
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
    static AssociationState association(String serviceAccount, Run run) {
        return run.delivery().history().association(serviceAccount).orElseGet(AssociationState.None::new);
    }

    /** Returns the association of a ServiceAccount that the status names. */
    public static Optional<AssociationState> recorded(PreviousStatus previous, String serviceAccount) {
        return previous.association(serviceAccount)
                .map(named -> new AssociationState.Recorded(named.id(), named.arn()));
    }

    /** Returns whether an association has to be read because that may change the plan. */
    static boolean isAnyReadDue(Desired.Valid desired, Optional<PolicyFingerprint> trust, Instant now, Run run) {
        return desired.serviceAccounts().stream()
                .anyMatch(account -> isReadDue(desired.onlyFor(account), trust, now, run));
    }

    /** Returns whether the association of the first ServiceAccount has to be read because that may change the plan. */
    static boolean isReadDue(Desired.Valid desired, Optional<PolicyFingerprint> trust, Instant now, Run run) {
        String serviceAccount = desired.serviceAccount().name();
        if (!desired.delivery().uses(Delivery.PodIdentity)) {
            return !run.previous().usedIrsaAlone()
                    && !isRead(serviceAccount, run)
                    && DeliveryPlanner.mayBeAssociated(desired, trust);
        }
        return switch (association(serviceAccount, run)) {
            // Before the annotation is removed, it must be certain that the association exists.
            case AssociationState.Ours(var ours, boolean shown) ->
                !shown
                        || (DeliveryPlanner.leavesIrsa(desired, trust)
                                && !run.delivery().history().confirmed(serviceAccount)
                                && propagating(now, run).isZero());
            case AssociationState.Foreign foreign -> true;
            case AssociationState.Recorded recorded -> DeliveryPlanner.leavesIrsa(desired, trust);
            case AssociationState.None none -> false;
        };
    }

    private static boolean isRead(String serviceAccount, Run run) {
        return run.delivery()
                .history()
                .association(serviceAccount)
                .filter(known -> switch (known) {
                    case AssociationState.Ours _, AssociationState.Foreign _ -> true;
                    case AssociationState.Recorded _ -> false;
                    case AssociationState.None _ -> run.delivery().history().confirmed(serviceAccount);
                })
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
        AssociationState seen = switch (association(serviceAccount, run)) {
            case AssociationState.Ours ours -> shown(ours, namespace, desired, asked, run);
            case AssociationState.Foreign foreign -> read(Optional.of(foreign.id()), desired);
            // A process that has ended may have created another association than the one in the status.
            case AssociationState.Recorded recorded -> read(reader.find(namespace, serviceAccount), desired);
            case AssociationState.None none -> read(reader.findUnrecorded(namespace, serviceAccount), desired);
        };
        // Until then, EKS may not show ours yet, still show ours after it was deleted, or show one of an earlier owner.
        if (propagating(asked, run).isZero()) {
            run.delivery().update(before -> before.withConfirmed(serviceAccount, seen));
        } else if (seen instanceof AssociationState.Ours) {
            run.delivery().update(before -> before.with(serviceAccount, seen));
        }
    }

    private AssociationState read(Optional<String> id, Desired.Valid desired) {
        return id.flatMap(found -> reader.read(
                        found,
                        desired.serviceAccount().name(),
                        desired.role().identity().owner()))
                .orElseGet(AssociationState.None::new);
    }

    /** For a while, EKS may not show what we created, or show an earlier association of the ServiceAccount. */
    private AssociationState shown(
            AssociationState.Ours ours, String namespace, Desired.Valid desired, Instant asked, Run run) {
        Optional<String> found = reader.find(namespace, desired.serviceAccount().name());
        if (found.equals(Optional.of(ours.association().id()))) {
            return new AssociationState.Ours(ours.association(), true);
        }
        return propagating(asked, run).isPositive() ? ours : read(found, desired);
    }

    private static Duration propagating(Instant asked, Run run) {
        return run.delivery().history().propagating(run.role().history(), asked);
    }
}
