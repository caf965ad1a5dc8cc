package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.status.Progress;
import dev.irsa.reconcile.status.ReconcileResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings role and ServiceAccount to what a resource asks for. */
final class NormalReconciler {
    private final Preconditions admission;
    private final Cluster cluster;
    private final RoleObserver roles;
    private final RoleWriter writer;
    private final AnnotationDelivery serviceAccounts;
    private final ReconcileConcurrencyLimiter turnstile;
    private final InstantSource clock;
    private final boolean dryRun;

    NormalReconciler(
            Preconditions admission,
            Cluster cluster,
            RoleObserver roles,
            RoleWriter writer,
            ReconcileConcurrencyLimiter turnstile,
            InstantSource clock,
            boolean dryRun) {
        this.admission = admission;
        this.cluster = cluster;
        this.roles = roles;
        this.writer = writer;
        this.serviceAccounts = new AnnotationDelivery(cluster);
        this.turnstile = turnstile;
        this.clock = clock;
        this.dryRun = dryRun;
    }

    ReconcileResult of(
            IamServiceAccount resource, ClusterIdentity identity, CachedRoleState memory, Progress progress) {
        boolean suspended = resource.getSpec().suspend();
        boolean writes = !dryRun && !suspended;
        boolean known = PreviousStatus.knownArn(resource).isPresent();
        progress.pending(AdoptionApproval.agreed(resource, dryRun));
        if (writes && known) {
            // Somebody may have taken it off; whatever is in the way of the rest, the role must not be left behind.
            hold(resource, memory);
        }
        Optional<Desired.Wanted> admitted = admission.of(resource, identity);
        if (admitted.isEmpty()) {
            return new ReconcileResult.Deferred();
        }
        Desired.Wanted wanted = admitted.get();
        RolePrior belief = belief(resource, writes && !known);
        if (!roles.knowsGood(wanted.role(), memory, belief) && hasToWait(resource, wanted, memory, belief)) {
            return new ReconcileResult.Deferred();
        }
        progress.drifted(memory.drifted());
        Plan plan;
        try {
            plan = plan(resource, wanted, memory, belief, progress);
        } catch (FailureException e) {
            if (belief == RolePrior.FINISHED
                    && memory.look() == PendingObservation.Look.ROUTINE
                    && isAway(e.failure())) {
                return new ReconcileResult.Deferred();
            }
            throw e;
        }
        if (!writes) {
            progress.pending(plan.changes().stream().map(Change::describe).toList());
            String why = suspended ? ReconcileResult.Pending.BY_SPEC : ReconcileResult.Pending.BY_DRY_RUN;
            return new ReconcileResult.Pending(why, plan.obstacle());
        }
        AdoptionApproval.begin(plan, isSpreading(resource, memory), progress);
        boolean ours = progress.role().isPresent();
        if (!known && (ours || plan.obstacle().isEmpty() || !plan.changes().isEmpty())) {
            hold(resource, memory);
        }
        carryOut(resource, plan, wanted, memory, progress);
        return new ReconcileResult.Ready(serviceAccounts.status(resource, wanted.serviceAccount(), progress));
    }

    private static RolePrior belief(IamServiceAccount resource, boolean isNew) {
        if (isNew) {
            return RolePrior.NEW;
        }
        return PreviousStatus.isAtRest(resource) ? RolePrior.FINISHED : RolePrior.KNOWN;
    }

    /** Whether it is called again when its turn has come, or the first sweep is done. */
    private boolean hasToWait(
            IamServiceAccount resource, Desired.Wanted wanted, CachedRoleState memory, RolePrior belief) {
        return waitsForSweep(resource, wanted, memory, belief)
                || !turnstile.enter(PreviousStatus.ref(resource), lane(belief));
    }

    /** As far as the plan goes; what keeps it from going the whole way fails the reconcile at the end. */
    private void carryOut(
            IamServiceAccount resource, Plan plan, Desired.Wanted wanted, CachedRoleState memory, Progress progress) {
        Plan last = plan;
        try {
            apply(resource, plan, wanted, memory, progress);
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.AlreadyExists)) {
                throw e;
            }
            // It was taken to be new and is not: perhaps we made it and did not live to know.
            memory.doubt().exists(clock.instant());
            last = plan(resource, wanted, memory, RolePrior.EXISTS, progress);
            AdoptionApproval.begin(last, isSpreading(resource, memory), progress);
            apply(resource, last, wanted, memory, progress);
        }
        last.obstacle().ifPresent(PreviousStatus::fail);
        progress.pending(List.of());
    }

    /** Whether IAM may not yet show everywhere that the role which it shows is the resource's. */
    private boolean isSpreading(IamServiceAccount resource, CachedRoleState memory) {
        return !memory.doubt().unsettled(clock.instant()).isZero()
                && memory.policies(PreviousStatus.knownId(resource)).isPresent();
    }

    /** That AWS is away is no news of a role that nothing is known to be wrong with. */
    private static boolean isAway(Failure failure) {
        return switch (failure.reason()) {
            case AwsUnavailable, CredentialsUnavailable, Throttled -> true;
            default -> false;
        };
    }

    /** At start one sweep tells of all roles; until then, what was at rest and is still seen to be may wait for it. */
    private boolean waitsForSweep(
            IamServiceAccount resource, Desired.Wanted wanted, CachedRoleState memory, RolePrior belief) {
        return belief == RolePrior.FINISHED
                && serviceAccounts.point(resource, wanted.serviceAccount()).isEmpty()
                && memory.awaitsSweep();
    }

    private static ReconcileConcurrencyLimiter.Lane lane(RolePrior belief) {
        return switch (belief) {
            case NEW -> ReconcileConcurrencyLimiter.Lane.NEW;
            case KNOWN, EXISTS -> ReconcileConcurrencyLimiter.Lane.CHANGED;
            case FINISHED -> ReconcileConcurrencyLimiter.Lane.SWEEP;
        };
    }

    private Plan plan(
            IamServiceAccount resource,
            Desired.Wanted wanted,
            CachedRoleState memory,
            RolePrior belief,
            Progress progress) {
        return roles.plan(wanted.role(), PreviousStatus.knownId(resource), memory, belief, progress)
                .then(serviceAccounts.point(resource, wanted.serviceAccount()));
    }

    /** Nothing is written to IAM before the resource is held: otherwise it could go and leave its role behind. */
    private void hold(IamServiceAccount resource, CachedRoleState memory) {
        if (!resource.hasFinalizer(IamServiceAccount.FINALIZER)) {
            putFinalizerOn(resource, memory);
        }
    }

    /** What a cache says of the finalizer may be old, and the resource gone, or going: before anything is made it is put on. */
    private void holdForCertain(IamServiceAccount resource, CachedRoleState memory, Change change) {
        boolean certain = change instanceof RoleChange.CreateRole
                ? memory.finalizer().isOn()
                : memory.finalizer().isMet();
        if (!certain) {
            putFinalizerOn(resource, memory);
        }
    }

    private void putFinalizerOn(IamServiceAccount resource, CachedRoleState memory) {
        cluster.addFinalizer(PreviousStatus.ref(resource));
        memory.finalizer().putOn();
        memory.doubt().mayHaveWritten(clock.instant());
    }

    private void apply(
            IamServiceAccount resource, Plan plan, Desired.Wanted wanted, CachedRoleState memory, Progress progress) {
        List<Change> rest = new ArrayList<>(plan.changes());
        boolean madeRoom = false;
        while (!rest.isEmpty()) {
            try {
                holdForCertain(resource, memory, rest.getFirst());
                switch (rest.getFirst()) {
                    case RoleChange change -> writer.apply(change, wanted.role(), memory, progress);
                    case ServiceAccountChange change -> {
                        cluster.apply(PreviousStatus.ref(resource), change);
                        progress.done(change);
                    }
                }
                rest.removeFirst();
            } catch (FailureException e) {
                Optional<List<Change>> roomier = madeRoom ? Optional.empty() : Plan.makingRoom(rest, e.failure());
                rest = new ArrayList<>(roomier.orElseThrow(() -> e));
                madeRoom = true;
            }
        }
    }
}
