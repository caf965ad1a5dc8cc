package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Backoff;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RootCause;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.Cloud;
import dev.irsa.port.Cluster;
import dev.irsa.port.ClusterIdentitySource;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.SweepObserver;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.status.EventFactory;
import dev.irsa.reconcile.status.Progress;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.StatusFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reconcile of one IamServiceAccount, without the framework: desired, observed, plan, apply, status. May be
 * called by many threads at once, though never by two for the same resource.
 */
public final class IamServiceAccountReconciler {
    private static final Logger LOG = LoggerFactory.getLogger(IamServiceAccountReconciler.class);

    private final ClusterIdentitySource identities;
    private final InstantSource clock;
    private final boolean dryRun;
    private final NormalReconciler convergence;
    private final DeletionReconciler deletion;
    private final RoleStateStore memories;
    private final EntitlementAuthorizer guardrails;
    private final ReconcileConcurrencyLimiter turnstile;
    private final StatusFactory statuses;
    private final Backoff backoff;

    /**
     * A reconcile over these ports.
     *
     * @param provider how the cluster's OIDC provider was last seen
     * @param wake has a resource reconciled that had to wait
     * @param clock for how much time has passed: one that nobody sets
     * @param timeOfDay for what people read
     * @param random spreads the retries
     */
    public IamServiceAccountReconciler(
            ClusterIdentitySource identities,
            Supplier<OidcProviderState> provider,
            Cloud cloud,
            Cluster cluster,
            EntitlementAuthorizer guardrails,
            ReconcileSettings settings,
            Consumer<ResourceRef> wake,
            InstantSource clock,
            InstantSource timeOfDay,
            RandomGenerator random) {
        this.identities = identities;
        this.clock = clock;
        this.guardrails = guardrails;
        this.dryRun = settings.dryRun();
        ServiceAccountConflictResolver claims = new ServiceAccountConflictResolver(cluster);
        this.memories = new RoleStateStore(settings.consistencyWindow(), clock);
        this.turnstile = new ReconcileConcurrencyLimiter(settings.atOnce(), wake, clock);
        RecentWrites roleWrites = new RecentWrites(cloud, settings.consistencyWindow(), clock);
        RoleObserver roles = new RoleObserver(roleWrites, memories, clock, settings.consistencyWindow());
        this.convergence = new NormalReconciler(
                new Preconditions(guardrails, provider, claims),
                cluster,
                roles,
                new RoleWriter(roleWrites, clock),
                turnstile,
                clock,
                dryRun);
        this.deletion = new DeletionReconciler(roleWrites, cluster, claims, clock);
        this.statuses = new StatusFactory(timeOfDay);
        this.backoff = new Backoff(settings.slowestRetry(), random);
    }

    /** Begins to work, when another replica has worked until now: IAM may not show yet what that one wrote. */
    public void begin() {
        memories.begin(clock.instant());
    }

    /** For the sweep: what is known of all roles. */
    public SweepObserver sightings() {
        return memories;
    }

    /** Brings the world closer to what the resource asks for, and says how far that went. */
    public Outcome reconcile(IamServiceAccount resource) {
        try {
            return reconcileInTurn(resource);
        } finally {
            turnstile.leave(resource.getMetadata().getUid());
        }
    }

    private Outcome reconcileInTurn(IamServiceAccount resource) {
        RoleStateStore.Memory memory = memories.of(PreviousStatus.ref(resource));
        Progress progress = new Progress();
        ReconcileResult verdict;
        try {
            verdict = resource.isMarkedForDeletion()
                    ? cleanUp(resource, memory.role(), progress)
                    : convergence.of(resource, identities.current(), memory.role(), progress);
        } catch (FailureException e) {
            Failure failure = resource.isMarkedForDeletion() ? blocking(e.failure()) : e.failure();
            verdict = new ReconcileResult.Failed(failure, Optional.empty());
        } catch (RuntimeException e) {
            LOG.error("a defect of the operator; please report it with this trace", e);
            verdict = new ReconcileResult.Failed(
                    new Failure.Passing(Reason.InternalError, "a defect of the operator: " + RootCause.of(e)),
                    Optional.empty());
        }
        return outcome(resource, verdict, memory, progress);
    }

    /** The resource is no longer there. */
    public void forget(String uid) {
        memories.forget(uid);
        turnstile.forget(uid);
        guardrails.forget(uid);
    }

    private ReconcileResult cleanUp(IamServiceAccount resource, CachedRoleState memory, Progress progress) {
        if (!resource.hasFinalizer(IamServiceAccount.FINALIZER)) {
            return new ReconcileResult.Gone("");
        }
        if (dryRun) {
            return new ReconcileResult.Untouched();
        }
        if (resource.getSpec().suspend()) {
            throw new FailureException(new Failure.DeletionBlocked("suspended by spec.suspend; set it to false and the"
                    + " role goes, or remove the finalizer " + IamServiceAccount.FINALIZER
                    + " and the role stays, for you to remove"));
        }
        var ref = PreviousStatus.ref(resource);
        var identity = identities.current();
        var role = Desired.identity(ref.namespace(), ref.name(), resource.getSpec(), identity);
        PreviousStatus.requireSameRole(resource, role.arn());
        if (!turnstile.enter(ref, ReconcileConcurrencyLimiter.Lane.DELETION)) {
            return new ReconcileResult.Deferred();
        }
        return deletion.of(resource, ref, identity, memory, progress);
    }

    private static Failure blocking(Failure failure) {
        return failure instanceof Failure.DeletionBlocked
                ? failure
                : new Failure.DeletionBlocked(failure.reason() + ": " + failure.message());
    }

    private Outcome outcome(
            IamServiceAccount resource, ReconcileResult verdict, RoleStateStore.Memory memory, Progress progress) {
        Optional<Duration> again = Optional.empty();
        if (verdict instanceof ReconcileResult.Failed(Failure failure, Optional<Duration> asked)) {
            int before = memory.tries().before(failure, resource.getMetadata().getGeneration());
            again = asked.or(() -> backoff.pause(failure, before));
        } else if (!(verdict instanceof ReconcileResult.Deferred)) {
            memory.tries().succeeded();
        }
        Optional<Duration> anotherLook = memory.role().anotherLook(clock.instant());
        if (verdict instanceof ReconcileResult.Ready) {
            again = anotherLook;
        } else if (verdict instanceof ReconcileResult.Failed) {
            // One that is due and was not taken has to wait for what kept it: to be called at once would never end.
            again = again.or(() -> anotherLook.filter(Duration::isPositive));
        }
        Optional<IamServiceAccountStatus> status =
                statuses.of(resource, verdict, progress).filter(now -> !now.equals(resource.getStatus()));
        return new Outcome(
                status,
                again,
                EventFactory.of(resource, verdict, progress),
                progress.done(),
                EventFactory.repairedDrift(resource, progress));
    }
}
