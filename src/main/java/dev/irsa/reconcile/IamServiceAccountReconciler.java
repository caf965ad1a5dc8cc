package dev.irsa.reconcile;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RetrySchedule;
import dev.irsa.port.AssociationSweepListener;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.RoleSweepListener;
import dev.irsa.port.SweepSnapshot;
import dev.irsa.port.Timing;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.memory.ResourceMemoryStore;
import dev.irsa.reconcile.role.RequirementsReport;
import dev.irsa.reconcile.role.RoleProgress;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.run.StepFailures;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.scheduling.ReconcileRateLimiter;
import dev.irsa.reconcile.scheduling.ReconcileRateLimiter.Slowdown;
import dev.irsa.reconcile.scheduling.RequeueSchedule;
import dev.irsa.reconcile.scheduling.RequeueSchedule.Requeue;
import dev.irsa.reconcile.serviceaccount.AvailabilityReport;
import dev.irsa.reconcile.status.EventFactory;
import dev.irsa.reconcile.status.Findings;
import dev.irsa.reconcile.status.Outcome;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.StatusFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Reconciles one IamServiceAccount over the ports, without a framework. Many threads may call it at once, but never two for
 * the same resource.
 */
public final class IamServiceAccountReconciler implements ResourceReconciler {
    private final AccountGuard accounts;
    private final InstantSource clock;
    private final boolean dryRun;
    private final ResourceMemoryStore memories;
    private final EntitlementAuthorizer authorizer;
    private final ReconcileConcurrencyLimiter limiter;
    private final ReconcileRateLimiter rates;
    private final Reconcilers reconcilers;
    private final StatusFactory statuses;
    private final EventFactory events;
    private final RequeueSchedule requeues;
    private final AvailabilityReport availability;
    private final RequirementsReport requirements;

    /**
     * Creates a reconciler over these ports.
     *
     * @param requeue requeues a resource that had to wait
     */
    public IamServiceAccountReconciler(
            ReconcilePorts ports,
            EntitlementAuthorizer authorizer,
            ReconcileSettings settings,
            Consumer<ResourceRef> requeue,
            Timing timing) {
        this.accounts = ports.accounts();
        this.clock = timing.clock();
        this.dryRun = settings.dryRun();
        this.authorizer = authorizer;
        RandomGenerator random = timing.random().get();
        RetrySchedule retries = new RetrySchedule(settings.slowestRetry(), random);
        this.memories = new ResourceMemoryStore(settings.consistencyWindow(), clock);
        this.limiter = new ReconcileConcurrencyLimiter(settings.atOnce(), requeue, clock);
        this.rates = new ReconcileRateLimiter(retries, clock);
        this.reconcilers = Reconcilers.wire(ports, authorizer, settings, memories, limiter, clock, random);
        this.statuses = new StatusFactory(timing.timeOfDay(), settings.documentation());
        this.events = new EventFactory(settings.documentation());
        this.requeues = new RequeueSchedule(retries);
        this.availability = new AvailabilityReport(ports.cluster(), ports.provider());
        this.requirements = new RequirementsReport(authorizer);
    }

    /** Starts to work after another replica has worked until now. IAM may not show yet what that replica wrote. */
    public void begin() {
        memories.begin(clock.instant());
    }

    /** Starts to work at once after another part of this process, whose last writes may still be in flight. */
    public void takeOver() {
        memories.takeOver(clock.instant());
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

    @Override
    public Outcome reconcile(IamServiceAccount resource) {
        Optional<Slowdown> slowdown = rates.slowdown(resource);
        return slowdown.map(IamServiceAccountReconciler::delayed).orElseGet(() -> reconcileNow(resource));
    }

    private static Outcome delayed(Slowdown slowdown) {
        return new Outcome(
                Optional.empty(),
                false,
                Optional.of(slowdown.pause()),
                List.of(),
                List.of(),
                List.of(),
                false,
                slowdown.first());
    }

    private Outcome reconcileNow(IamServiceAccount resource) {
        Run run = Run.of(resource, memories.of(ResourceRef.of(resource)), dryRun);
        try {
            ReconcileResult result = resource.isMarkedForDeletion() ? delete(run) : converge(run);
            return outcome(run, result);
        } finally {
            limiter.leave(run.ref());
        }
    }

    @Override
    public void forget(ResourceRef resource) {
        memories.forget(resource.uid());
        limiter.forget(resource);
        authorizer.forget(resource);
        rates.forget(resource.uid());
    }

    private ReconcileResult converge(Run run) {
        try {
            return reconcilers.normal().reconcile(run, identityFor(run));
        } catch (RuntimeException e) {
            return ReconcileResult.failed(StepFailures.of(e)).withPendingChanges(run.approvedChanges());
        }
    }

    /** A namespace that may not use the account does not learn what is wrong with it. */
    private ClusterIdentity identityFor(Run run) {
        try {
            return accounts.identityFor(run.resource());
        } catch (FailureException e) {
            throw run.hasRole()
                    ? e
                    : authorizer
                            .exclusion(run.resource())
                            .map(FailureException::new)
                            .orElse(e);
        }
    }

    private ReconcileResult delete(Run run) {
        try {
            return reconcilers.deletion().reconcile(run).asDeletion();
        } catch (RuntimeException e) {
            return ReconcileResult.failed(disclosed(run, StepFailures.of(e))).asDeletion();
        }
    }

    /** Returns what the namespace may know of a failed deletion. */
    private Failure disclosed(Run run, Failure failure) {
        boolean hidden = !run.hasRole()
                && failure.reason() != Reason.KubernetesUnavailable
                && failure.reason() != Reason.Reconciling
                && authorizer.exclusion(run.resource()).isPresent();
        return hidden
                ? new Failure.DeletionBlocked("the operator cannot look for a role in the account of IamAccount "
                        + run.resource().getSpec().accountName() + "; ask a platform engineer to check its status")
                : failure;
    }

    private Outcome outcome(Run run, ReconcileResult result) {
        IamServiceAccount resource = run.resource();
        try {
            return outcome(run, result, statuses.of(resource, result, () -> findings(run, result)));
        } catch (FailureException e) {
            ReconcileResult failed = result.failing(e.failure());
            return outcome(run, failed, statuses.of(resource, failed, () -> Findings.UNCHANGED));
        }
    }

    private Outcome outcome(Run run, ReconcileResult result, Optional<IamServiceAccountStatus> status) {
        IamServiceAccount resource = run.resource();
        Requeue requeue = requeues.next(
                result.ending(),
                run.memory().failures(),
                resource.getMetadata().getGeneration(),
                run.role().nextRead(clock.instant()));
        run.memory().failures(requeue.failures());
        return new Outcome(
                status.filter(now -> !now.equals(resource.getStatus())),
                run.memory().finalizer().isConfirmed(),
                requeue.after(),
                events.of(resource, result),
                result.changes(),
                result.role().sentences(),
                EventFactory.repairedDrift(resource, result),
                false);
    }

    private Findings findings(Run run, ReconcileResult result) {
        ClusterIdentity identity;
        try {
            identity = accounts.identityFor(run.resource());
        } catch (FailureException e) {
            return Findings.UNCHANGED;
        }
        return new Findings(availability.of(run, result, identity), requirements.of(run, result, identity));
    }

    /** Passes what sweeps of roles observe to the quotas, and then to the states of the resources. */
    private record SweptRoles(EntitlementAuthorizer authorizer, ResourceMemoryStore memories)
            implements RoleSweepListener {
        @Override
        public List<ResourceRef> observed(SweepSnapshot snapshot) {
            authorizer.observed(snapshot);
            return memories.observed(snapshot);
        }

        @Override
        public List<ResourceRef> resources() {
            return memories.resources();
        }

        @Override
        public void requestRead(ResourceRef resource) {
            memories.requestRead(resource);
        }
    }
}
