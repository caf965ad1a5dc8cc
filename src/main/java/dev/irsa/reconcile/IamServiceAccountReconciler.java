package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.api.v1alpha1.Management;
import dev.irsa.api.v1alpha1.ServiceAccountStatus;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.Desired;
import dev.irsa.desired.DesiredServiceAccount;
import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.observed.ObservedServiceAccount;
import dev.irsa.plan.Change;
import dev.irsa.plan.Plan;
import dev.irsa.plan.RoleChange;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.plan.ServiceAccountPlanner;
import dev.irsa.port.Cloud;
import dev.irsa.port.Cluster;
import dev.irsa.port.Identities;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.RoleKeeper.Belief;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The reconcile of one IamServiceAccount, without the framework: desired, observed, plan, apply, status. May be
 * called by many threads at once, though never by two for the same resource.
 */
public final class IamServiceAccountReconciler {
    private final Identities identities;
    private final Cluster cluster;
    private final Settings settings;
    private final InstantSource clock;
    private final Claims claims;
    private final RoleKeeper roles;
    private final Deletion deletion;
    private final Memories memories;
    private final StatusFactory statuses;
    private final Backoff backoff;

    /** A reconcile over these ports; {@code random} spreads the retries. */
    public IamServiceAccountReconciler(
            Identities identities,
            Cloud cloud,
            Cluster cluster,
            Settings settings,
            InstantSource clock,
            RandomGenerator random) {
        this.identities = identities;
        this.cluster = cluster;
        this.settings = settings;
        this.clock = clock;
        this.claims = new Claims(cluster);
        this.roles = new RoleKeeper(cloud, clock, settings.consistencyWindow());
        this.deletion = new Deletion(cloud, cluster, claims, clock);
        this.memories = new Memories(settings.consistencyWindow(), clock);
        this.statuses = new StatusFactory(clock);
        this.backoff = new Backoff(settings.slowestRetry(), random);
    }

    /** Brings the world closer to what the resource asks for, and says how far that went. */
    public Outcome reconcile(IamServiceAccount resource) {
        Memories.Memory memory = memories.of(resource.getMetadata().getUid());
        Progress progress = new Progress();
        Verdict verdict;
        try {
            verdict = resource.isMarkedForDeletion()
                    ? cleanUp(resource, memory.role(), progress)
                    : converge(resource, memory.role(), progress);
        } catch (FailureException e) {
            Failure failure = resource.isMarkedForDeletion() ? blocking(e.failure()) : e.failure();
            verdict = new Verdict.Failed(failure, Optional.empty());
        }
        return outcome(resource, verdict, memory.tries(), progress);
    }

    /** The resource is no longer there. */
    public void forget(String uid) {
        memories.forget(uid);
    }

    private Verdict converge(IamServiceAccount resource, RoleMemory memory, Progress progress) {
        ClusterIdentity identity = identities.current();
        Desired.Wanted wanted = wanted(resource, identity);
        claims.conflict(resource).ifPresent(IamServiceAccountReconciler::fail);
        requireSameRole(resource, wanted.role().identity().arn());
        boolean writes = !settings.dryRun() && !resource.getSpec().suspend();
        Belief belief = writes && knownArn(resource).isEmpty() ? Belief.NEW : Belief.KNOWN;
        Plan plan = plan(resource, wanted, memory, belief, progress);
        if (!writes) {
            progress.pending(plan.changes().stream().map(Change::describe).toList());
            String why =
                    resource.getSpec().suspend() ? "suspended by spec.suspend" : "the operator runs with --dry-run";
            return new Verdict.Pending(why, plan.obstacle());
        }
        hold(resource, plan, memory);
        try {
            apply(resource, plan, wanted, memory, progress);
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.RoleExists)) {
                throw e;
            }
            // It was taken to be new and is not: perhaps we made it and did not live to know.
            memory.exists(clock.instant());
            plan = plan(resource, wanted, memory, Belief.EXISTS, progress);
            apply(resource, plan, wanted, memory, progress);
        }
        plan.obstacle().ifPresent(IamServiceAccountReconciler::fail);
        return new Verdict.Ready(serviceAccount(resource, wanted.serviceAccount(), progress));
    }

    private Plan plan(
            IamServiceAccount resource, Desired.Wanted wanted, RoleMemory memory, Belief belief, Progress progress) {
        DesiredServiceAccount account = wanted.serviceAccount();
        return roles.plan(wanted.role(), memory, belief, progress)
                .then(ServiceAccountPlanner.point(
                        account,
                        observed(resource, account.name()),
                        ref(resource).uid()));
    }

    private void apply(
            IamServiceAccount resource, Plan plan, Desired.Wanted wanted, RoleMemory memory, Progress progress) {
        List<Change> rest = new ArrayList<>(plan.changes());
        boolean madeRoom = false;
        while (!rest.isEmpty()) {
            try {
                switch (rest.getFirst()) {
                    case RoleChange change -> roles.apply(change, wanted.role(), memory, progress);
                    case ServiceAccountChange change -> {
                        cluster.apply(ref(resource), change);
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

    private Verdict cleanUp(IamServiceAccount resource, RoleMemory memory, Progress progress) {
        if (!resource.hasFinalizer(IamServiceAccount.FINALIZER)) {
            return new Verdict.Gone("");
        }
        if (settings.dryRun()) {
            return new Verdict.Untouched();
        }
        ResourceRef ref = ref(resource);
        if (resource.getSpec().suspend()) {
            throw new FailureException(new Failure.DeletionBlocked("suspended by spec.suspend; set it to false and the"
                    + " role goes, or remove the finalizer " + IamServiceAccount.FINALIZER
                    + " and the role stays, for you to remove"));
        }
        ClusterIdentity identity = identities.current();
        requireSameRole(
                resource,
                Desired.identity(ref.namespace(), ref.name(), resource.getSpec(), identity)
                        .arn());
        return deletion.of(resource, ref, identity, memory, progress);
    }

    private Outcome outcome(IamServiceAccount resource, Verdict verdict, Tries tries, Progress progress) {
        Optional<Duration> again = Optional.empty();
        if (verdict instanceof Verdict.Failed(Failure failure, Optional<Duration> asked)) {
            int before = tries.before(failure, resource.getMetadata().getGeneration());
            again = asked.or(() -> backoff.pause(failure, before));
        } else {
            tries.succeeded();
        }
        boolean gone = verdict instanceof Verdict.Gone;
        if (gone) {
            memories.forget(resource.getMetadata().getUid());
        }
        Optional<IamServiceAccountStatus> status =
                statuses.of(resource, verdict, progress).filter(now -> !now.equals(resource.getStatus()));
        return new Outcome(status, again, Notices.of(resource, verdict, progress), gone);
    }

    /** Nothing is written to IAM before the resource is held: otherwise it could go and leave its role behind. */
    private void hold(IamServiceAccount resource, Plan plan, RoleMemory memory) {
        boolean held = resource.hasFinalizer(IamServiceAccount.FINALIZER);
        boolean needed = plan.obstacle().isEmpty() || !plan.changes().isEmpty();
        if (!held && needed) {
            cluster.hold(ref(resource));
            memory.mayHaveWritten(clock.instant());
        }
    }

    private static Desired.Wanted wanted(IamServiceAccount resource, ClusterIdentity identity) {
        ResourceRef ref = ref(resource);
        return switch (Desired.of(ref.namespace(), ref.name(), resource.getSpec(), identity)) {
            case Desired.Wanted wanted -> wanted;
            case Desired.Refused(var failure) -> throw new FailureException(failure);
        };
    }

    /** Another name or path of the cluster would leave every role behind and make each a second time. */
    private static void requireSameRole(IamServiceAccount resource, String arn) {
        knownArn(resource)
                .filter(known -> !known.equals(arn))
                .ifPresent(known -> fail(new Failure.RoleConflict(
                        known,
                        "was made for this resource, and the operator would now make " + arn
                                + "; give it back its --cluster-name and --role-path")));
    }

    private Optional<ServiceAccountStatus> serviceAccount(
            IamServiceAccount resource, DesiredServiceAccount desired, Progress progress) {
        if (desired.management() == Management.Ignore) {
            return Optional.empty();
        }
        boolean madeNow =
                progress.done().stream().anyMatch(ServiceAccountChange.CreateServiceAccount.class::isInstance);
        boolean made = observed(resource, desired.name()) instanceof ObservedServiceAccount.Present present
                && present.owners().contains(ref(resource).uid());
        return Optional.of(new ServiceAccountStatus(desired.name(), madeNow || made));
    }

    private ObservedServiceAccount observed(IamServiceAccount resource, String serviceAccount) {
        return cluster.serviceAccount(ref(resource).namespace(), serviceAccount);
    }

    private static Failure blocking(Failure failure) {
        return failure instanceof Failure.DeletionBlocked
                ? failure
                : new Failure.DeletionBlocked(failure.reason() + ": " + failure.message());
    }

    private static Optional<String> knownArn(IamServiceAccount resource) {
        IamServiceAccountStatus status = resource.getStatus();
        return status == null || status.role() == null
                ? Optional.empty()
                : Optional.of(status.role().arn());
    }

    private static ResourceRef ref(IamServiceAccount resource) {
        var metadata = resource.getMetadata();
        return new ResourceRef(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }

    private static void fail(Failure failure) {
        throw new FailureException(failure);
    }
}
