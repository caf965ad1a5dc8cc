package dev.irsa.reconcile.serviceaccount;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.delivery.AssociationPlanner;
import dev.irsa.core.delivery.CredentialDelivery;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.association.AssociationCleanup;
import dev.irsa.reconcile.association.AssociationObserver;
import dev.irsa.reconcile.memory.ResourceState;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.ReconcileRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Withdraws a role from the additional ServiceAccounts that were removed from the spec, as if the resource were deleted. They are
 * those that the status names or named, and the spec does not.
 */
public final class ServiceAccountRemoval {
    private final Cluster cluster;
    private final CredentialDelivery delivery;
    private final SharedServiceAccountResolver serviceAccounts;
    private final AssociationCleanup associations;

    public ServiceAccountRemoval(
            Cluster cluster,
            CredentialDelivery delivery,
            SharedServiceAccountResolver serviceAccounts,
            AssociationCleanup associations) {
        this.cluster = cluster;
        this.delivery = delivery;
        this.serviceAccounts = serviceAccounts;
        this.associations = associations;
    }

    /** Returns what is to be done, as users read it. */
    public List<String> descriptions(ReconcileRequest request, Desired.Valid desired, ResourceState state) {
        List<String> descriptions = new ArrayList<>();
        for (String name : state.delivery().history().removed(desired).keySet()) {
            Plan released = plan(
                    request,
                    desired.role().identity(),
                    name,
                    cluster.serviceAccount(request.ref().namespace(), name));
            Plan disassociated = state.delivery()
                    .history()
                    .association(name)
                    .or(() -> AssociationObserver.recorded(request.previous(), name))
                    .map(known -> AssociationPlanner.withdraw(name, known))
                    .orElse(Plan.NOTHING);
            descriptions.addAll(released.and(disassociated).descriptions());
        }
        return descriptions;
    }

    /** Releases the ServiceAccounts; returns what was changed, and what prevents the rest. */
    public Applied apply(ReconcileRequest request, Desired.Valid desired, ResourceState state) {
        List<Change> done = new ArrayList<>();
        Optional<Failure> failure = Optional.empty();
        for (var removed : state.delivery().history().removed(desired).entrySet()) {
            Optional<Failure> one =
                    release(request, desired.role().identity(), removed.getKey(), removed.getValue(), done, state);
            failure = failure.or(() -> one);
        }
        return new Applied(done, Optional.empty(), failure);
    }

    /** Releases one ServiceAccount. Its association is deleted also if its annotation cannot be removed. */
    private Optional<Failure> release(
            ReconcileRequest request,
            RoleIdentity role,
            String name,
            Set<Delivery> ways,
            List<Change> done,
            ResourceState state) {
        Optional<Failure> failure = Applied.attempt(() -> {
            // The watch may not show an annotation yet that was written without a response.
            var observed = cluster.serviceAccountNow(request.ref().namespace(), name);
            for (Change change : plan(request, role, name, observed).changes()) {
                cluster.apply(request.ref(), (ServiceAccountChange) change);
                done.add(change);
            }
        });
        Optional<Failure> other = Applied.attempt(
                () -> done.addAll(associations.cleanUpAdditional(request, name, ways, role.owner(), state)));
        if (failure.isEmpty() && other.isEmpty()) {
            state.delivery().update(before -> before.released(name));
        }
        return failure.or(() -> other);
    }

    private Plan plan(ReconcileRequest request, RoleIdentity role, String name, ObservedServiceAccount observed) {
        return delivery.remove(
                name, role.arn(), observed, request.ref().uid(), serviceAccounts.successor(request.resource(), name));
    }
}
