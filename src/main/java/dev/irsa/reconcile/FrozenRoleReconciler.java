package dev.irsa.reconcile;

import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RolePlanner;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.ReconcileResult.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reconciles a resource whose role has to stay as it is. It only takes trust away: it releases the ServiceAccounts that were
 * removed from the spec, and removes them from the trust policy. It removes no policies, because one that denies limits the
 * others. What else differs is reported.
 */
final class FrozenRoleReconciler {
    private final RoleObserver roles;
    private final DeliveryObserver deliveries;
    private final Turn turn;
    private final ServiceAccountRemoval removal;
    private final TrustReduction reduction;
    private final Cluster cluster;

    FrozenRoleReconciler(
            RoleObserver roles,
            DeliveryObserver deliveries,
            Turn turn,
            ServiceAccountRemoval removal,
            TrustReduction reduction,
            Cluster cluster) {
        this.roles = roles;
        this.deliveries = deliveries;
        this.turn = turn;
        this.removal = removal;
        this.reduction = reduction;
        this.cluster = cluster;
    }

    /**
     * Reconciles the resource.
     *
     * @param approved the pending changes of an adoption that users have approved
     */
    ReconcileResult reconcile(
            ReconcileRequest request, Permitted.Frozen frozen, List<String> approved, ResourceState state) {
        long generation = request.resource().getMetadata().getGeneration();
        state.rememberReached(request.previous(), generation);
        Desired.Valid desired = state.policyMemory().applyTo(frozen.desired(), request.previous(), generation);
        deliveries.refresh(request, desired, state);
        RolePrior prior = request.prior(desired.role().templates());
        roles.refresh(desired.role(), prior, state);
        roles.leaveToSweep(state);
        if (!request.mayWrite()) {
            return pending(request, desired, frozen.freeze(), state);
        }
        boolean reduces = reduction.isDue(desired, request.previous(), state);
        boolean calls = reduces || ServiceAccountRemoval.mayCallEks(desired, state);
        if (calls && !turn.enter(request, prior)) {
            return ReconcileResult.deferred();
        }
        Applied released = removal.apply(request, desired, state);
        // What cannot be released does not keep the trust policy from being narrowed.
        Applied reduced = reduces ? Applied.NONE.then(() -> reduction.apply(desired, state)) : Applied.NONE;
        List<Change> changes = new ArrayList<>(released.changes());
        changes.addAll(reduced.changes());
        return ReconcileResult.deferred()
                .after(changes)
                .withPendingChanges(state.known().role().isPresent() ? withheld(desired, state) : approved)
                .withDelivery(ServiceAccountReport.ofFrozen(request, desired, changes, cluster, state))
                .failing(released.failure().or(reduced::failure).orElse(frozen.freeze()));
    }

    /** Returns what is to be done once the role is no longer frozen. It is empty before the role is known. */
    private static List<String> withheld(Desired.Valid desired, ResourceState state) {
        return state.known().role().stream()
                .flatMap(role -> RolePlanner.withheld(desired.role(), role).descriptions().stream())
                .toList();
    }

    private ReconcileResult pending(
            ReconcileRequest request, Desired.Valid desired, Failure freeze, ResourceState state) {
        List<String> pending = new ArrayList<>(removal.descriptions(request, desired, state));
        pending.addAll(withheld(desired, state));
        return ReconcileResult.deferred()
                .withPendingChanges(pending)
                .withEnding(new Ending.Pending(request.whyPending(), Optional.of(freeze)));
    }
}
