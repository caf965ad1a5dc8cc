package dev.irsa.reconcile.serviceaccount;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.delivery.AssociationPlanner;
import dev.irsa.core.delivery.ServiceAccountPlanner;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.association.AssociationCleanup;
import dev.irsa.reconcile.association.AssociationObserver;
import dev.irsa.reconcile.association.DeliveryProgress;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Withdraws a role from the ServiceAccounts that were removed from the spec, as if the resource were deleted. They are
 * those that the status names or named, and the spec does not.
 */
public final class ServiceAccountRemoval {
    private final Cluster cluster;
    private final FinalizerGuard finalizers;
    private final SharedServiceAccountResolver serviceAccounts;
    private final AssociationCleanup associations;

    public ServiceAccountRemoval(
            Cluster cluster,
            FinalizerGuard finalizers,
            SharedServiceAccountResolver serviceAccounts,
            AssociationCleanup associations) {
        this.cluster = cluster;
        this.finalizers = finalizers;
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

    /** Withdraws the role from each. A process whose watch is late withdraws none: the spec may name the ServiceAccount again. */
    public Applied apply(Run run, Desired.Valid desired) {
        Map<String, Set<Delivery>> removed = run.delivery().history().removed(desired);
        return removed.isEmpty()
                ? Applied.NONE
                : Applied.prepare(() -> finalizers.confirm(run))
                        .then(() -> withdrawEach(run, desired.role().identity(), removed));
    }

    /** What prevents one withdrawal does not prevent the others. */
    private Applied withdrawEach(Run run, RoleIdentity role, Map<String, Set<Delivery>> removed) {
        Applied released = Applied.NONE;
        for (var account : removed.entrySet()) {
            released = released.and(() -> withdraw(run, role, account.getKey(), account.getValue()));
        }
        return released;
    }

    /** Withdraws the role from one. Its association is deleted also if its annotation cannot be removed. */
    private Applied withdraw(Run run, RoleIdentity role, String name, Set<Delivery> ways) {
        Applied released = Applied.attempt(() -> removeAnnotation(run, role, name))
                .and(() -> associations.cleanUp(run, name, ways, role.owner()));
        if (released.failure().isEmpty()) {
            DeliveryProgress.released(name, run);
        }
        return released;
    }

    private Applied removeAnnotation(Run run, RoleIdentity role, String name) {
        // The watch may not show an annotation yet that was written without a response.
        var observed = cluster.serviceAccountNow(run.ref().namespace(), name);
        return Applied.each(
                plan(run, role, name, observed).changes(),
                change -> cluster.apply(run.ref(), (ServiceAccountChange) change));
    }

    private Plan plan(Run run, RoleIdentity role, String name, ObservedServiceAccount observed) {
        return ServiceAccountPlanner.remove(
                name, role.arn(), observed, run.ref().uid(), serviceAccounts.successor(run.resource(), name));
    }
}
