package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.delivery.KnownAssociation;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.Change;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Deletes the EKS Pod Identity association of a resource that is being deleted, before its role is deleted or retained. */
final class AssociationCleanup {
    private final AssociationWriter associations;
    private final InstantSource clock;

    AssociationCleanup(AssociationWriter associations, InstantSource clock) {
        this.associations = associations;
        this.clock = clock;
    }

    /**
     * Deletes the association, if the resource has one. One of another owner is left alone.
     *
     * @return the change that was made; empty if there was nothing to delete
     * @throws FailureException if it is not certain yet that there is none
     */
    List<Change> cleanUp(ReconcileRequest request, ClusterIdentity identity, CachedRoleState state) {
        Owner owner = identity.owner(request.ref().namespace(), request.ref().name());
        String serviceAccount = Desired.serviceAccountName(
                request.ref().name(), request.resource().getSpec());
        KnownAssociation known = switch (association(request, state)) {
            case KnownAssociation.Ours ours -> ours;
            case KnownAssociation.Foreign foreign -> foreign;
            case KnownAssociation.Recorded(String id, var arn) ->
                associations
                        .read(id, serviceAccount, owner)
                        .orElseGet(() -> find(request, serviceAccount, owner, state));
            case KnownAssociation.None none ->
                mayHaveOne(request, identity, state) ? find(request, serviceAccount, owner, state) : none;
        };
        state.delivery().update(before -> before.with(known));
        return known instanceof KnownAssociation.Ours(var ours, var shown)
                ? delete(new DeletePodIdentityAssociation(ours.id(), serviceAccount), owner, state)
                : List.of();
    }

    private static KnownAssociation association(ReconcileRequest request, CachedRoleState state) {
        return state.delivery()
                .memory()
                .association()
                .orElseGet(() -> request.previous()
                        .association()
                        .<KnownAssociation>map(recorded -> new KnownAssociation.Recorded(recorded.id(), recorded.arn()))
                        .orElseGet(KnownAssociation.None::new));
    }

    private List<Change> delete(DeletePodIdentityAssociation deletion, Owner owner, CachedRoleState state) {
        associations.apply(deletion, owner, state);
        return List.of(deletion);
    }

    /** Returns whether a process may have created an association that the status does not name. */
    private static boolean mayHaveOne(ReconcileRequest request, ClusterIdentity identity, CachedRoleState state) {
        List<Delivery> given = request.resource().getSpec().delivery();
        boolean asksForIt = given.isEmpty()
                ? identity.delivery().defaultDelivery().contains(Delivery.PodIdentity)
                : given.contains(Delivery.PodIdentity);
        boolean known = state.delivery().memory().association().isPresent();
        return !known && (asksForIt || request.previous().delivery().contains(Delivery.PodIdentity));
    }

    /** Finds an association whose creation the status does not tell of: its process ended, or its response was lost. */
    private KnownAssociation find(ReconcileRequest request, String serviceAccount, Owner owner, CachedRoleState state) {
        Optional<KnownAssociation> found = associations
                .find(request.ref().namespace(), serviceAccount)
                .flatMap(id -> associations.read(id, serviceAccount, owner));
        Duration spreading = state.delivery()
                .memory()
                .spreading(state.history().workingSince(), state.history().window(), clock.instant());
        if (found.isEmpty() && spreading.isPositive()) {
            throw new FailureException(new Failure.Waiting(
                    Reason.DeletionBlocked,
                    "EKS returns no association of ServiceAccount " + serviceAccount
                            + "; waiting to rule out a stale EKS read; no action needed",
                    spreading));
        }
        return found.orElseGet(KnownAssociation.None::new);
    }
}
