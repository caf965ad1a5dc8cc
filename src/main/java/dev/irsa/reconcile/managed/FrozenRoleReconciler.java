package dev.irsa.reconcile.managed;

import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.plan.RolePlanner;
import dev.irsa.port.ClusterReads;
import dev.irsa.reconcile.association.DeliveryObserver;
import dev.irsa.reconcile.authorization.Permitted;
import dev.irsa.reconcile.role.RoleObserver;
import dev.irsa.reconcile.role.RoleProgress;
import dev.irsa.reconcile.role.TrustReduction;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.RolePrior;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRemoval;
import dev.irsa.reconcile.serviceaccount.ServiceAccountReport;
import dev.irsa.reconcile.status.Ending;
import dev.irsa.reconcile.status.ReconcileResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reconciles a resource whose role has to stay as it is. It only takes trust away: it releases the ServiceAccounts that were
 * removed from the spec, and removes them from the trust policy. It removes no policies, because one that denies limits the
 * others. What else differs is reported.
 */
public record FrozenRoleReconciler(
        RoleObserver roles,
        DeliveryObserver deliveries,
        Turn turn,
        ServiceAccountRemoval removal,
        TrustReduction reduction,
        ClusterReads cluster) {
    /** Reconciles the resource. */
    public ReconcileResult reconcile(Run run, Permitted.Frozen frozen) {
        Desired.Valid desired = RoleProgress.recall(frozen.desired(), run);
        deliveries.refresh(run, desired);
        RolePrior prior = run.prior(desired.role().templates());
        roles.refresh(desired.role(), prior, run);
        roles.leaveToSweep(run);
        if (!run.mayWrite()) {
            return pending(run, desired, frozen.freeze());
        }
        boolean reduces = reduction.isDue(desired, run.previous(), run);
        boolean calls = reduces || run.delivery().history().mayCallEks(desired);
        if (calls && !turn.enter(run, prior)) {
            return ReconcileResult.deferred();
        }
        Applied released = removal.apply(run, desired);
        // What cannot be released does not keep the trust policy from being narrowed.
        Applied applied = reduces ? released.and(() -> reduction.apply(desired, run)) : released;
        return ReconcileResult.failed(applied.failure().orElse(frozen.freeze()))
                .precededBy(applied.changes())
                .withPendingChanges(
                        run.role().known().role().isPresent() ? withheld(desired, run) : run.approvedChanges())
                .withDelivery(ServiceAccountReport.ofFrozen(run, desired, applied.changes(), cluster));
    }

    /** Returns what is to be done once the role is no longer frozen. It is empty before the role is known. */
    private static List<String> withheld(Desired.Valid desired, Run run) {
        return run.role().known().role().stream()
                .flatMap(role -> RolePlanner.withheld(desired.role(), role).descriptions().stream())
                .toList();
    }

    private ReconcileResult pending(Run run, Desired.Valid desired, Failure freeze) {
        List<String> pending = new ArrayList<>(removal.descriptions(run, desired));
        pending.addAll(withheld(desired, run));
        return ReconcileResult.of(new Ending.Pending(run.whyPending(), Optional.of(freeze)))
                .withPendingChanges(pending);
    }
}
