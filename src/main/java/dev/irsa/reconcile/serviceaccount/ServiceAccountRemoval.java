package dev.irsa.reconcile.serviceaccount;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.delivery.AssociationPlanner;
import dev.irsa.core.delivery.ServiceAccountPlanner;
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
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.Run;
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
    private final SharedServiceAccountResolver serviceAccounts;
    private final AssociationCleanup associations;

    public ServiceAccountRemoval(
            Cluster cluster, SharedServiceAccountResolver serviceAccounts, AssociationCleanup associations) {
        this.cluster = cluster;
        this.serviceAccounts = serviceAccounts;
        this.associations = associations;
    }

    /** Returns what is to be done, as users read it. */
    public List<String> descriptions(Run run, Desired.Valid desired) {
        List<String> descriptions = new ArrayList<>();
        for (String name : run.delivery().history().removed(desired).keySet()) {
            Plan released = plan(
                    run,
                    desired.role().identity(),
                    name,
                    cluster.serviceAccount(run.ref().namespace(), name));
            Plan disassociated = run.delivery()
                    .history()
                    .association(name)
                    .or(() -> AssociationObserver.recorded(run.previous(), name))
                    .map(known -> AssociationPlanner.withdraw(name, known))
                    .orElse(Plan.NOTHING);
            descriptions.addAll(released.and(disassociated).descriptions());
        }
        return descriptions;
    }

    /** Releases the ServiceAccounts; returns what was changed, and what prevents the rest. */
    public Applied apply(Run run, Desired.Valid desired) {
        List<Change> done = new ArrayList<>();
        Optional<Failure> failure = Optional.empty();
        for (var removed : run.delivery().history().removed(desired).entrySet()) {
            Optional<Failure> one = release(run, desired.role().identity(), removed.getKey(), removed.getValue(), done);
            failure = failure.or(() -> one);
        }
        return new Applied(done, Optional.empty(), failure);
    }

    /** Releases one ServiceAccount. Its association is deleted also if its annotation cannot be removed. */
    private Optional<Failure> release(Run run, RoleIdentity role, String name, Set<Delivery> ways, List<Change> done) {
        Optional<Failure> failure = Applied.attempt(() -> {
            // The watch may not show an annotation yet that was written without a response.
            var observed = cluster.serviceAccountNow(run.ref().namespace(), name);
            for (Change change : plan(run, role, name, observed).changes()) {
                cluster.apply(run.ref(), (ServiceAccountChange) change);
                done.add(change);
            }
        });
        Optional<Failure> other =
                Applied.attempt(() -> done.addAll(associations.cleanUpAdditional(run, name, ways, role.owner())));
        if (failure.isEmpty() && other.isEmpty()) {
            run.delivery().update(before -> before.released(name));
        }
        return failure.or(() -> other);
    }

    private Plan plan(Run run, RoleIdentity role, String name, ObservedServiceAccount observed) {
        return ServiceAccountPlanner.remove(
                name, role.arn(), observed, run.ref().uid(), serviceAccounts.successor(run.resource(), name));
    }
}
