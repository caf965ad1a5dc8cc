package dev.irsa.reconcile.external;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.api.v1alpha1.ServiceAccountStatus;
import dev.irsa.core.delivery.CredentialDelivery;
import dev.irsa.core.delivery.ExternalRoleCheck;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.memory.ResourceState;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.ReconcileRequest;
import dev.irsa.reconcile.serviceaccount.ServiceAccountReport;
import dev.irsa.reconcile.status.DeliveryReport;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.ReconcileResult.Ending;
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
    private final CredentialDelivery delivery;
    private final FinalizerGuard finalizers;
    private final Cluster cluster;
    private final InstantSource clock;

    public ExternalRoleReconciler(
            ExternalRoleObserver roles,
            CredentialDelivery delivery,
            FinalizerGuard finalizers,
            Cluster cluster,
            InstantSource clock) {
        this.roles = roles;
        this.delivery = delivery;
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
    public ReconcileResult reconcile(
            ReconcileRequest request, Desired.External desired, ClusterIdentity identity, ResourceState state) {
        Optional<ExternalRoleCheck> check;
        try {
            check = roles.check(request, desired, identity, state);
        } catch (FailureException e) {
            if (request.previous().isUpToDate() && isUnavailable(e.failure())) {
                return ReconcileResult.deferred(UNANSWERED);
            }
            throw e;
        }
        return check.isEmpty() ? ReconcileResult.deferred() : converge(request, desired, check.get(), state);
    }

    private ReconcileResult converge(
            ReconcileRequest request, Desired.External desired, ExternalRoleCheck check, ResourceState state) {
        Plan plan = check.plan().then(annotate(request, desired));
        DeliveryReport report = new DeliveryReport(List.of(Delivery.IRSA), List.of());
        if (!request.mayWrite()) {
            return ReconcileResult.of(new Ending.Pending(request.whyPending(), plan.obstacle()))
                    .withPendingChanges(plan.descriptions())
                    .withDelivery(report);
        }
        Applied applied = apply(request, plan.changes(), state);
        ReconcileResult result =
                ReconcileResult.deferred().after(applied.changes()).withDelivery(report);
        Optional<Failure> failure = applied.failure().or(plan::obstacle);
        if (failure.isPresent()) {
            return result.failing(failure.get());
        }
        Optional<ServiceAccountStatus> serviceAccount =
                ServiceAccountReport.of(request, desired.serviceAccount(), applied.changes(), cluster);
        return result.withEnding(new Ending.ExternalReady(
                desired.role().arn(),
                check.readyMessage(desired.role().arn(), serviceAccount.map(ServiceAccountStatus::name)),
                serviceAccount,
                roles.nextCheck(desired, state)));
    }

    private Plan annotate(ReconcileRequest request, Desired.External desired) {
        return delivery.deliver(
                desired.serviceAccount(),
                cluster.serviceAccount(
                        request.ref().namespace(), desired.serviceAccount().name()),
                request.ref().uid());
    }

    private Applied apply(ReconcileRequest request, List<Change> changes, ResourceState state) {
        Applied applied = Applied.NONE;
        for (Change change : changes) {
            applied = applied.then(() -> apply(request, change, state));
        }
        return applied;
    }

    private List<Change> apply(ReconcileRequest request, Change change, ResourceState state) {
        finalizers.ensureProtects(request, change, state);
        cluster.apply(request.ref(), (ServiceAccountChange) change);
        state.delivery().update(before -> before.changedAt(clock.instant()));
        return List.of(change);
    }

    private static boolean isUnavailable(Failure failure) {
        return switch (failure.reason()) {
            case AwsUnavailable, CredentialsUnavailable, Throttled -> true;
            default -> false;
        };
    }
}
