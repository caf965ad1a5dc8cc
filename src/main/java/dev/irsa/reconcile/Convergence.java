package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.Desired;
import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.plan.Change;
import dev.irsa.plan.Plan;
import dev.irsa.plan.RoleChange;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings role and ServiceAccount to what a resource asks for. */
final class Convergence {
    private final Admission admission;
    private final Cluster cluster;
    private final RoleKeeper roles;
    private final RoleWriter writer;
    private final ServiceAccountKeeper serviceAccounts;
    private final Turnstile turnstile;
    private final InstantSource clock;
    private final boolean dryRun;

    Convergence(
            Admission admission,
            Cluster cluster,
            RoleKeeper roles,
            RoleWriter writer,
            Turnstile turnstile,
            InstantSource clock,
            boolean dryRun) {
        this.admission = admission;
        this.cluster = cluster;
        this.roles = roles;
        this.writer = writer;
        this.serviceAccounts = new ServiceAccountKeeper(cluster);
        this.turnstile = turnstile;
        this.clock = clock;
        this.dryRun = dryRun;
    }

    Verdict of(IamServiceAccount resource, ClusterIdentity identity, RoleMemory memory, Progress progress) {
        boolean suspended = resource.getSpec().suspend();
        boolean writes = !dryRun && !suspended;
        boolean known = Subject.knownArn(resource).isPresent();
        progress.pending(Adoption.agreed(resource, dryRun));
        if (writes && known) {
            // Somebody may have taken it off; whatever is in the way of the rest, the role must not be left behind.
            hold(resource, memory);
        }
        Optional<Desired.Wanted> admitted = admission.of(resource, identity);
        if (admitted.isEmpty()) {
            return new Verdict.Deferred();
        }
        Desired.Wanted wanted = admitted.get();
        Belief belief = belief(resource, writes && !known);
        if (!roles.knowsGood(wanted.role(), memory, belief) && hasToWait(resource, wanted, memory, belief)) {
            return new Verdict.Deferred();
        }
        progress.drifted(memory.drifted());
        Plan plan;
        try {
            plan = plan(resource, wanted, memory, belief, progress);
        } catch (FailureException e) {
            if (belief == Belief.FINISHED && memory.look() == LetterBox.Look.ROUTINE && isAway(e.failure())) {
                return new Verdict.Deferred();
            }
            throw e;
        }
        if (!writes) {
            progress.pending(plan.changes().stream().map(Change::describe).toList());
            String why = suspended ? Verdict.Pending.BY_SPEC : Verdict.Pending.BY_DRY_RUN;
            return new Verdict.Pending(why, plan.obstacle());
        }
        Adoption.begin(plan, isSpreading(resource, memory), progress);
        boolean ours = progress.role().isPresent();
        if (!known && (ours || plan.obstacle().isEmpty() || !plan.changes().isEmpty())) {
            hold(resource, memory);
        }
        carryOut(resource, plan, wanted, memory, progress);
        return new Verdict.Ready(serviceAccounts.status(resource, wanted.serviceAccount(), progress));
    }

    private static Belief belief(IamServiceAccount resource, boolean isNew) {
        if (isNew) {
            return Belief.NEW;
        }
        return Subject.isAtRest(resource) ? Belief.FINISHED : Belief.KNOWN;
    }

    /** Whether it is called again when its turn has come, or the first sweep is done. */
    private boolean hasToWait(IamServiceAccount resource, Desired.Wanted wanted, RoleMemory memory, Belief belief) {
        return waitsForSweep(resource, wanted, memory, belief) || !turnstile.enter(Subject.ref(resource), lane(belief));
    }

    /** As far as the plan goes; what keeps it from going the whole way fails the reconcile at the end. */
    private void carryOut(
            IamServiceAccount resource, Plan plan, Desired.Wanted wanted, RoleMemory memory, Progress progress) {
        Plan last = plan;
        try {
            apply(resource, plan, wanted, memory, progress);
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.AlreadyExists)) {
                throw e;
            }
            // It was taken to be new and is not: perhaps we made it and did not live to know.
            memory.doubt().exists(clock.instant());
            last = plan(resource, wanted, memory, Belief.EXISTS, progress);
            Adoption.begin(last, isSpreading(resource, memory), progress);
            apply(resource, last, wanted, memory, progress);
        }
        last.obstacle().ifPresent(Subject::fail);
        progress.pending(List.of());
    }

    /** Whether IAM may not yet show everywhere that the role which it shows is the resource's. */
    private boolean isSpreading(IamServiceAccount resource, RoleMemory memory) {
        return !memory.doubt().unsettled(clock.instant()).isZero()
                && memory.policies(Subject.knownId(resource)).isPresent();
    }

    /** That AWS is away is no news of a role that nothing is known to be wrong with. */
    private static boolean isAway(Failure failure) {
        return switch (failure.reason()) {
            case AwsUnavailable, CredentialsUnavailable, Throttled -> true;
            default -> false;
        };
    }

    /** At start one sweep tells of all roles; until then, what was at rest and is still seen to be may wait for it. */
    private boolean waitsForSweep(IamServiceAccount resource, Desired.Wanted wanted, RoleMemory memory, Belief belief) {
        return belief == Belief.FINISHED
                && serviceAccounts.point(resource, wanted.serviceAccount()).isEmpty()
                && memory.awaitsSweep();
    }

    private static Turnstile.Lane lane(Belief belief) {
        return switch (belief) {
            case NEW -> Turnstile.Lane.NEW;
            case KNOWN, EXISTS -> Turnstile.Lane.CHANGED;
            case FINISHED -> Turnstile.Lane.SWEEP;
        };
    }

    private Plan plan(
            IamServiceAccount resource, Desired.Wanted wanted, RoleMemory memory, Belief belief, Progress progress) {
        return roles.plan(wanted.role(), Subject.knownId(resource), memory, belief, progress)
                .then(serviceAccounts.point(resource, wanted.serviceAccount()));
    }

    /** Nothing is written to IAM before the resource is held: otherwise it could go and leave its role behind. */
    private void hold(IamServiceAccount resource, RoleMemory memory) {
        if (!resource.hasFinalizer(IamServiceAccount.FINALIZER)) {
            putFinalizerOn(resource, memory);
        }
    }

    /** What a cache says of the finalizer may be old, and the resource gone, or going: before anything is made it is put on. */
    private void holdForCertain(IamServiceAccount resource, RoleMemory memory, Change change) {
        boolean certain = change instanceof RoleChange.CreateRole
                ? memory.finalizer().isOn()
                : memory.finalizer().isMet();
        if (!certain) {
            putFinalizerOn(resource, memory);
        }
    }

    private void putFinalizerOn(IamServiceAccount resource, RoleMemory memory) {
        cluster.hold(Subject.ref(resource));
        memory.finalizer().putOn();
        memory.doubt().mayHaveWritten(clock.instant());
    }

    private void apply(
            IamServiceAccount resource, Plan plan, Desired.Wanted wanted, RoleMemory memory, Progress progress) {
        List<Change> rest = new ArrayList<>(plan.changes());
        boolean madeRoom = false;
        while (!rest.isEmpty()) {
            try {
                holdForCertain(resource, memory, rest.getFirst());
                switch (rest.getFirst()) {
                    case RoleChange change -> writer.apply(change, wanted.role(), memory, progress);
                    case ServiceAccountChange change -> {
                        cluster.apply(Subject.ref(resource), change);
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
