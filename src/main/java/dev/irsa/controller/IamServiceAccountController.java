package dev.irsa.controller;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.kubernetes.EventRecorder;
import dev.irsa.kubernetes.StatusWriter;
import dev.irsa.port.ActivityListener;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.ResourceReconciler;
import dev.irsa.reconcile.status.EventMessage;
import dev.irsa.reconcile.status.Outcome;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Adapts the framework to the reconciler: passes resources in, then writes the status, then records the events. It
 * receives every event, deletions included. The operator, not the framework, adds the finalizer, because a suspended
 * resource gets none.
 */
public final class IamServiceAccountController implements Reconciler<IamServiceAccount> {
    private static final Logger LOG = LoggerFactory.getLogger(IamServiceAccountController.class);
    /** By the first, the framework has usually dropped a deleted resource. The second is for a busy framework. */
    private static final List<Duration> RECHECKS_AFTER_DELETION =
            List.of(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final ResourceReconciler reconciler;
    private final ServiceAccountEventSources caches;
    private final StatusWriter statuses;
    private final EventRecorder events;
    private final ActivityListener activity;
    private final BooleanSupplier active;
    private final InFlightWork inFlight;
    private final ConcurrentHashMap<ResourceID, Reconciled> lastReconciled = new ConcurrentHashMap<>();

    /**
     * Creates a controller that passes resources to the reconciler.
     *
     * @param active whether this replica reconciles; until then events are dropped, and a replica that becomes active
     *     requeues every resource
     * @param inFlight tracks the reconciles in progress
     */
    public IamServiceAccountController(
            ResourceReconciler reconciler,
            ServiceAccountEventSources caches,
            StatusWriter statuses,
            EventRecorder events,
            ActivityListener activity,
            BooleanSupplier active,
            InFlightWork inFlight) {
        this.reconciler = reconciler;
        this.caches = caches;
        this.statuses = statuses;
        this.events = events;
        this.activity = activity;
        this.active = active;
        this.inFlight = inFlight;
    }

    /** Returns the filter for updates of resources. */
    UpdateFilter updateFilter() {
        return new UpdateFilter(statuses.written());
    }

    @Override
    public List<EventSource<?, IamServiceAccount>> prepareEventSources(EventSourceContext<IamServiceAccount> context) {
        return caches.eventSources(context);
    }

    @Override
    public UpdateControl<IamServiceAccount> reconcile(IamServiceAccount resource, Context<IamServiceAccount> context) {
        if (!inFlight.tryBegin()) {
            return UpdateControl.noUpdate();
        }
        try {
            return reconcileIfActive(resource, context.isPrimaryResourceDeleted());
        } finally {
            inFlight.end();
        }
    }

    private UpdateControl<IamServiceAccount> reconcileIfActive(IamServiceAccount resource, boolean deleted) {
        // A deletion is handled in any case. After it the framework may overlook a new resource of the same name,
        // and the requeue of a replica that becomes active would miss that resource too.
        if (!active.getAsBoolean() && !deleted) {
            return UpdateControl.noUpdate();
        }
        MDC.put("namespace", resource.getMetadata().getNamespace());
        MDC.put("name", resource.getMetadata().getName());
        try {
            return deleted ? cleanUp(resource) : reconcileExisting(resource);
        } catch (FailureException e) {
            // The interceptor rejected every write, including the status that would have reported the failure.
            LOG.warn("cannot write the status and the events; retrying: {}", e.getMessage());
            return UpdateControl.<IamServiceAccount>noUpdate().rescheduleAfter(Reconciled.STATUS_RETRY.first());
        } finally {
            MDC.clear();
        }
    }

    private UpdateControl<IamServiceAccount> reconcileExisting(IamServiceAccount cached) {
        statuses.written().dropIfSeen(cached);
        IamServiceAccount resource = statuses.written().withUnseenStatus(cached);
        Outcome outcome = reconciler.reconcile(resource);
        outcome.changes().forEach(change -> activity.changed(change, outcome.drift()));
        if (outcome.loops()) {
            reportLoop(resource);
        }
        boolean written = outcome.status()
                .map(status -> statuses.write(resource, status, outcome.replacesAnyStatus()))
                .orElse(true);
        recordEvents(resource, outcome.events(), written);
        ResourceID id = ResourceID.fromResource(resource);
        Reconciled now = Reconciled.of(cached, written, Optional.ofNullable(lastReconciled.get(id)));
        remember(id, now);
        UpdateControl<IamServiceAccount> control = UpdateControl.noUpdate();
        now.requeueAfter(outcome).ifPresent(control::rescheduleAfter);
        return control;
    }

    private void reportLoop(IamServiceAccount resource) {
        activity.slowedDown();
        LOG.warn(
                "IamServiceAccount {}/{} is reconciled many times a second although its spec does not change; slowing it"
                        + " down; look for another client that reverts what the operator writes to its ServiceAccounts;"
                        + " if there is none, report this with the resource and its ServiceAccounts in YAML",
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName());
    }

    private void remember(ResourceID id, Reconciled now) {
        Reconciled before = lastReconciled.put(id, now);
        if (before != null && !before.uid().equals(now.uid())) {
            // A new resource took the name of a deleted one, and no deletion event arrived.
            forget(id, before.uid());
        }
        if (before != null) {
            // Other resources may have waited for these.
            now.unclaimedSince(before).forEach(name -> caches.requeueOtherClaimants(id, name));
        }
    }

    private void forget(ResourceID id, String uid) {
        reconciler.forget(new ResourceRef(id.getNamespace().orElse(""), id.getName(), uid));
        statuses.written().forget(uid);
    }

    /**
     * Cleans up after a deleted resource. While the framework was busy, a new resource of the same name may have
     * appeared. The framework may report that one as deleted here and then drop it, so it is announced again later.
     */
    private UpdateControl<IamServiceAccount> cleanUp(IamServiceAccount resource) {
        ResourceID id = ResourceID.fromResource(resource);
        // Others may have waited for it even if it was never reconciled here.
        Reconciled deleted = Reconciled.of(resource, true, Optional.empty());
        Reconciled last = Optional.ofNullable(lastReconciled.remove(id)).orElse(deleted);
        forget(id, last.uid());
        Stream.of(last, deleted)
                .flatMap(gone -> gone.serviceAccounts().stream())
                .distinct()
                .forEach(name -> caches.requeueClaimants(resource.getMetadata().getNamespace(), name));
        for (Duration pause : RECHECKS_AFTER_DELETION) {
            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> caches.announce(id));
        }
        return UpdateControl.noUpdate();
    }

    /** Records the events. Without a written status the same failure would cause a new warning at every retry. */
    private void recordEvents(IamServiceAccount resource, List<EventMessage> messages, boolean statusWritten) {
        for (EventMessage message : messages) {
            if (!message.warning()) {
                events.record(resource, false, message.reason(), message.note());
            } else if (statusWritten) {
                LOG.warn("{}: {}", message.reason(), message.note());
                events.record(resource, true, message.reason(), message.note());
            }
        }
    }
}
