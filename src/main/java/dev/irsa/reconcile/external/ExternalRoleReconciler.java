package dev.irsa.reconcile.external;

import dev.irsa.api.v1beta1.Management;
import dev.irsa.core.delivery.ExternalRoleCheck;
import dev.irsa.core.delivery.ServiceAccountPlanner;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.association.DeliveryProgress;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.serviceaccount.ServiceAccountReport;
import dev.irsa.reconcile.status.DeliveryReport;
import dev.irsa.reconcile.status.Ending;
import dev.irsa.reconcile.status.ReconcileResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Reconciles a resource whose role others manage: checks that the role admits the ServiceAccount, and annotates the
 * ServiceAccount. It has no port through which a role could be changed.
 */
public final class ExternalRoleReconciler {
    /** Until a routine check is tried again that AWS did not answer. */
    private static final Duration UNANSWERED = Duration.ofMinutes(1);

    private final ExternalRoleObserver roles;
    private final FinalizerGuard finalizers;
    private final Cluster cluster;
    private final InstantSource clock;

    public ExternalRoleReconciler(
            ExternalRoleObserver roles, FinalizerGuard finalizers, Cluster cluster, InstantSource clock) {
        this.roles = roles;
        this.finalizers = finalizers;
        this.cluster = cluster;
        this.clock = clock;
    }

    /**
     * Reconciles the resource.
     *
     * @param desired what the resource asks for, after all preconditions were checked
     * @throws FailureException if the role cannot be read
     */
    public ReconcileResult reconcile(Run run, Desired.External desired, ClusterIdentity identity) {
        Optional<ExternalRoleCheck> check;
        try {
            check = roles.check(run, desired, identity);
        } catch (FailureException e) {
            if (run.previous().isUpToDate() && isUnavailable(e.failure())) {
                return ReconcileResult.deferred(UNANSWERED);
            }
            throw e;
        }
        return check.isEmpty() ? ReconcileResult.deferred() : converge(run, desired, check.get());
    }

    private ReconcileResult converge(Run run, Desired.External desired, ExternalRoleCheck check) {
        Plan plan = check.plan().then(annotate(run, desired));
        if (!run.mayWrite()) {
            return ReconcileResult.of(new Ending.Pending(run.whyPending(), plan.obstacle()))
                    .withPendingChanges(plan.descriptions())
                    .withDelivery(report(run, desired, List.of()));
        }
        Applied applied =
                protect(run, desired, plan).then(() -> Applied.each(plan.changes(), change -> apply(run, change)));
        Optional<Failure> failure = applied.failure().or(plan::obstacle);
        Ending ending = failure.<Ending>map(Ending.Failed::of).orElseGet(() -> ready(run, desired, check));
        return ReconcileResult.of(ending)
                .precededBy(applied.changes())
                .withDelivery(report(run, desired, applied.changes()));
    }

    /**
     * Adds the finalizer even if nothing changes: the operator may already own the annotation, for example from a lost resource, and a
     * deletion has to remove it. An annotation of another field manager stays.
     */
    private Applied protect(Run run, Desired.External desired, Plan plan) {
        return isAnnotated(desired) && plan.obstacle().isEmpty()
                ? Applied.prepare(() -> finalizers.ensurePresent(run))
                : Applied.NONE;
    }

    private static boolean isAnnotated(Desired.External desired) {
        return desired.serviceAccount().management() != Management.Ignore;
    }

    private DeliveryReport report(Run run, Desired.External desired, List<Change> changes) {
        return ServiceAccountReport.ofExternal(run, desired.serviceAccount(), changes, cluster);
    }

    private Ending ready(Run run, Desired.External desired, ExternalRoleCheck check) {
        Optional<String> annotated =
                isAnnotated(desired) ? Optional.of(desired.serviceAccount().name()) : Optional.empty();
        return new Ending.ExternalReady(
                desired.role().arn(),
                check.readyMessage(desired.role().arn(), annotated),
                roles.nextCheck(desired, run));
    }

    private Plan annotate(Run run, Desired.External desired) {
        return ServiceAccountPlanner.deliver(
                desired.serviceAccount(),
                run.ref().namespace(),
                cluster.serviceAccount(
                        run.ref().namespace(), desired.serviceAccount().name()),
                run.ref().uid());
    }

    private void apply(Run run, Change change) {
        finalizers.ensureProtects(run, change);
        cluster.apply(run.ref(), (ServiceAccountChange) change);
        DeliveryProgress.changed(change, clock.instant(), run);
    }

    private static boolean isUnavailable(Failure failure) {
        return switch (failure.reason()) {
            case AwsUnavailable, CredentialsUnavailable, Throttled -> true;
            default -> false;
        };
    }
}
