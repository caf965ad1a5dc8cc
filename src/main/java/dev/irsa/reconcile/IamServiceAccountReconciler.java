package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.failure.RetrySchedule;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.AssociationSweepListener;
import dev.irsa.port.Associations;
import dev.irsa.port.Cluster;
import dev.irsa.port.ClusterIdentitySource;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.RoleSweepListener;
import dev.irsa.port.Roles;
import dev.irsa.reconcile.association.AssociationCleanup;
import dev.irsa.reconcile.association.AssociationObserver;
import dev.irsa.reconcile.association.AssociationReader;
import dev.irsa.reconcile.association.AssociationWriter;
import dev.irsa.reconcile.association.DeliveryObserver;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.external.ExternalRoleDeletion;
import dev.irsa.reconcile.external.ExternalRoleObserver;
import dev.irsa.reconcile.external.ExternalRoleReconciler;
import dev.irsa.reconcile.memory.ResourceMemoryStore;
import dev.irsa.reconcile.role.RecentRoleWrites;
import dev.irsa.reconcile.role.RoleCleanup;
import dev.irsa.reconcile.role.RoleDeleter;
import dev.irsa.reconcile.role.RoleInspector;
import dev.irsa.reconcile.role.RoleObserver;
import dev.irsa.reconcile.role.RoleProgress;
import dev.irsa.reconcile.role.RoleReader;
import dev.irsa.reconcile.role.RoleRetention;
import dev.irsa.reconcile.role.RoleWriter;
import dev.irsa.reconcile.role.TrustReduction;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.run.StepFailures;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.scheduling.ReconcileRateLimiter;
import dev.irsa.reconcile.scheduling.ReconcileRateLimiter.Slowdown;
import dev.irsa.reconcile.scheduling.RequeueSchedule;
import dev.irsa.reconcile.scheduling.RequeueSchedule.Requeue;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRelease;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRemoval;
import dev.irsa.reconcile.serviceaccount.SharedServiceAccountResolver;
import dev.irsa.reconcile.status.EventFactory;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.ReconcileResult.Ending;
import dev.irsa.reconcile.status.StatusFactory;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Reconciles one IamServiceAccount over the ports, without a framework. Many threads may call it at once, but never two for
 * the same resource.
 */
public final class IamServiceAccountReconciler {
    private final ClusterIdentitySource identities;
    private final InstantSource clock;
    private final boolean dryRun;
    private final NormalReconciler normal;
    private final DeletionReconciler deletion;
    private final ExternalRoleDeletion externalDeletion;
    private final ResourceMemoryStore memories;
    private final EntitlementAuthorizer authorizer;
    private final ReconcileConcurrencyLimiter limiter;
    private final StatusFactory statuses;
    private final EventFactory events;
    private final RequeueSchedule requeues;
    private final ReconcileRateLimiter rates;

    /**
     * Creates a reconciler over these ports.
     *
     * @param provider the state of the cluster's OIDC provider, as last observed
     * @param podIdentity whether the cluster has EKS Pod Identity, as last observed
     * @param requeue requeues a resource that had to wait
     * @param clock measures elapsed time; it is never set
     * @param timeOfDay the time that users read in a status
     * @param random spreads retries
     */
    public IamServiceAccountReconciler(
            ClusterIdentitySource identities,
            Supplier<OidcProviderState> provider,
            Roles roles,
            Associations associations,
            Supplier<PodIdentityAvailability> podIdentity,
            Cluster cluster,
            EntitlementAuthorizer authorizer,
            ReconcileSettings settings,
            Consumer<ResourceRef> requeue,
            InstantSource clock,
            InstantSource timeOfDay,
            RandomGenerator random) {
        this.identities = identities;
        this.clock = clock;
        this.authorizer = authorizer;
        this.dryRun = settings.dryRun();
        this.memories = new ResourceMemoryStore(settings.consistencyWindow(), clock);
        this.limiter = new ReconcileConcurrencyLimiter(settings.atOnce(), requeue, clock);
        this.statuses = new StatusFactory(timeOfDay);
        this.events = new EventFactory();
        RetrySchedule retries = new RetrySchedule(settings.slowestRetry(), random);
        this.requeues = new RequeueSchedule(retries);
        this.rates = new ReconcileRateLimiter(retries, clock);
        RecentRoleWrites writes = new RecentRoleWrites(roles, settings.consistencyWindow(), clock);
        RoleReader roleReader = new RoleReader(writes, clock);
        RoleWriter writer = new RoleWriter(writes, roleReader, clock);
        FinalizerGuard finalizers = new FinalizerGuard(cluster, clock);
        SharedServiceAccountResolver serviceAccounts = new SharedServiceAccountResolver(cluster);
        AssociationReader associationReader = new AssociationReader(associations);
        AssociationWriter associationWriter = new AssociationWriter(associations, associationReader, clock);
        DeliveryObserver deliveries = new DeliveryObserver(
                cluster, new AssociationObserver(associationReader), podIdentity, clock);
        AssociationCleanup associationCleanup = new AssociationCleanup(associationReader, associationWriter, clock);
        RoleObserver roleObserver = new RoleObserver(writes, roleReader, memories, clock);
        ConfigurationRollout rollout = new ConfigurationRollout(settings.tagSpread(), clock, random);
        Turn turn = new Turn(roleObserver, deliveries, rollout, limiter);
        ServiceAccountRemoval removal =
                new ServiceAccountRemoval(cluster, serviceAccounts, associationCleanup);
        Preconditions preconditions = new Preconditions(authorizer, provider, serviceAccounts);
        this.normal = new NormalReconciler(
                preconditions,
                authorizer,
                finalizers,
                roleObserver,
                turn,
                deliveries,
                new RoleConvergence(
                        authorizer,
                        new ResourceObserver(roleObserver, deliveries, preconditions),
                        new PlanExecutor(finalizers, writer, associationWriter, cluster),
                        removal,
                        new RoleProgress(clock),
                        cluster,
                        clock),
                new ExternalRoleReconciler(
                        new ExternalRoleObserver(roles, limiter, clock, random), finalizers, cluster, clock),
                new FrozenRoleReconciler(
                        roleObserver, deliveries, turn, removal, new TrustReduction(roles, writer, clock), cluster),
                cluster);
        ServiceAccountRelease release = new ServiceAccountRelease(cluster, serviceAccounts);
        this.externalDeletion = new ExternalRoleDeletion(cluster, release, finalizers);
        RoleInspector inspector = new RoleInspector(writes, roleReader, memories, clock);
        this.deletion = new DeletionReconciler(
                cluster,
                inspector,
                release,
                associationCleanup,
                new RoleCleanup(
                        inspector,
                        associationCleanup,
                        new RoleDeleter(writes, writer, clock),
                        authorizer.existingRoles(),
                        finalizers,
                        clock),
                new RoleRetention(writer, authorizer, provider),
                limiter);
    }

    /** Starts to work after another replica has worked until now. IAM may not show yet what that replica wrote. */
    public void begin() {
        memories.begin(clock.instant());
    }

    /**
     * Takes the entitlement that decides on the resource to allow everything that its role has, as if the resource had been Ready
     * under it.
     */
    public void assumeEntitled(ResourceRef resource) {
        RoleProgress.assumeEntitled(memories.of(resource).role());
    }

    /** Returns the listener to which sweeps of roles report. */
    public RoleSweepListener roleSweepListener() {
        return new SweptRoles(authorizer, memories);
    }

    /** Returns the listener to which sweeps of associations report. */
    public AssociationSweepListener associationSweepListener() {
        return memories;
    }

    /** Brings the role and the ServiceAccount closer to what the resource asks for, and returns how far it got. */
    public Outcome reconcile(IamServiceAccount resource) {
        Optional<Slowdown> slowdown = rates.slowdown(resource);
        return slowdown.isPresent() ? Outcome.delayed(slowdown.get()) : reconcileNow(resource);
    }

    private Outcome reconcileNow(IamServiceAccount resource) {
        Run run = Run.of(resource, memories.of(ResourceRef.of(resource)), dryRun);
        try {
            ReconcileResult result = resource.isMarkedForDeletion() ? delete(run) : converge(run);
            return outcome(run, result);
        } finally {
            limiter.leave(run.ref().uid());
        }
    }

    /** Forgets a resource that no longer exists. */
    public void forget(String uid) {
        memories.forget(uid);
        limiter.forget(uid);
        authorizer.forget(uid);
        rates.forget(uid);
    }

    private ReconcileResult converge(Run run) {
        try {
            return normal.reconcile(run, identities.current());
        } catch (RuntimeException e) {
            return ReconcileResult.failed(StepFailures.of(e)).withPendingChanges(run.approvedChanges());
        }
    }

    private ReconcileResult delete(Run run) {
        if (!run.hasFinalizer()) {
            return ReconcileResult.of(new Ending.Gone(""));
        }
        if (dryRun) {
            return ReconcileResult.of(new Ending.Untouched());
        }
        if (run.isSuspended()) {
            return ReconcileResult.failed(run.suspendedDeletion());
        }
        try {
            Optional<String> external = run.externalRole();
            external.ifPresent(arn -> Preconditions.requireNoRole(run.previous(), arn));
            ReconcileResult result = external.isPresent()
                    ? externalDeletion.reconcile(run, external.get())
                    : deletion.reconcile(run, identities.current());
            return result.asDeletion();
        } catch (RuntimeException e) {
            return ReconcileResult.failed(StepFailures.of(e)).asDeletion();
        }
    }

    private Outcome outcome(Run run, ReconcileResult result) {
        IamServiceAccount resource = run.resource();
        Requeue requeue = requeues.next(
                result.ending(),
                run.memory().failures(),
                resource.getMetadata().getGeneration(),
                run.role().nextRead(clock.instant()));
        run.memory().failures(requeue.failures());
        Optional<IamServiceAccountStatus> status =
                statuses.of(resource, result).filter(now -> !now.equals(resource.getStatus()));
        return new Outcome(
                status,
                requeue.after(),
                events.of(resource, result),
                result.changes(),
                EventFactory.repairedDrift(resource, result),
                false);
    }
}
