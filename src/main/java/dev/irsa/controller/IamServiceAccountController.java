package dev.irsa.controller;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.kubernetes.EventRecorder;
import dev.irsa.kubernetes.StatusWriter;
import dev.irsa.port.ChangeListener;
import dev.irsa.port.Gate;
import dev.irsa.port.Gate.OutsideCall;
import dev.irsa.reconcile.IamServiceAccountReconciler;
import dev.irsa.reconcile.Outcome;
import dev.irsa.reconcile.status.EventMessage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Between the framework and the reconcile: hands events in, writes the status, then tells the events. It sees every
 * event, deletions included, as the finalizer is ours to put on: a suspended resource gets none.
 */
public final class IamServiceAccountController implements Reconciler<IamServiceAccount> {
    private static final Logger LOG = LoggerFactory.getLogger(IamServiceAccountController.class);
    private static final Duration STATUS_RETRY = Duration.ofSeconds(2);
    private static final Duration SLOWEST_STATUS_RETRY = Duration.ofMinutes(1);
    /** Long enough for the framework to have forgotten a resource that is gone; twice, should it be busy. */
    private static final List<Duration> LOOK_AGAIN = List.of(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final IamServiceAccountReconciler reconciler;
    private final ServiceAccountEventSources caches;
    private final StatusWriter statuses;
    private final EventRecorder events;
    private final ChangeListener changes;
    private final Gate gate;
    private final BooleanSupplier works;
    private final ConcurrentHashMap<ResourceID, Known> known = new ConcurrentHashMap<>();
    /** Each reconcile that runs has one. */
    private final InFlightReconciles running;

    /**
     * What was last handed in under a name.
     *
     * @param unwritten how often in a row its status could not be written
     */
    private record Known(String uid, String serviceAccount, int unwritten) {}

    /**
     * A controller that hands on to this reconciler.
     *
     * @param works whether it does already: until then it drops what comes, and who begins has all handed in again
     * @param running where it says what runs
     */
    public IamServiceAccountController(
            IamServiceAccountReconciler reconciler,
            ServiceAccountEventSources caches,
            StatusWriter statuses,
            EventRecorder events,
            ChangeListener changes,
            Gate gate,
            BooleanSupplier works,
            InFlightReconciles running) {
        this.reconciler = reconciler;
        this.caches = caches;
        this.statuses = statuses;
        this.events = events;
        this.changes = changes;
        this.gate = gate;
        this.works = works;
        this.running = running;
    }

    /**
     * Whether a change of a resource is news: the framework's own filter looks at the generation alone, and would
     * miss a finalizer that somebody took off, another object of the same name, and a status that is not our last one.
     */
    public boolean isNews(IamServiceAccount now, IamServiceAccount before) {
        return isAnother(now, before) || statuses.own().isReplaced(now, before);
    }

    /** Whether it is another object, or has to become another. */
    public static boolean isAnother(IamServiceAccount now, IamServiceAccount before) {
        return !Objects.equals(now.getMetadata().getUid(), before.getMetadata().getUid())
                || !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || now.isMarkedForDeletion() != before.isMarkedForDeletion()
                || (before.hasFinalizer(IamServiceAccount.FINALIZER) && !now.hasFinalizer(IamServiceAccount.FINALIZER));
    }

    @Override
    public List<EventSource<?, IamServiceAccount>> prepareEventSources(EventSourceContext<IamServiceAccount> context) {
        return caches.eventSources(context);
    }

    @Override
    public UpdateControl<IamServiceAccount> reconcile(IamServiceAccount resource, Context<IamServiceAccount> context) {
        if (!running.begin()) {
            return UpdateControl.noUpdate();
        }
        try {
            return reconcileWhereWeWork(resource, context);
        } finally {
            running.end();
        }
    }

    private UpdateControl<IamServiceAccount> reconcileWhereWeWork(
            IamServiceAccount resource, Context<IamServiceAccount> context) {
        // Of a deletion the framework may forget the next of that name, which who begins would not have handed in
        // again.
        if (!works.getAsBoolean() && !context.isPrimaryResourceDeleted()) {
            return UpdateControl.noUpdate();
        }
        MDC.put("namespace", resource.getMetadata().getNamespace());
        MDC.put("name", resource.getMetadata().getName());
        try {
            return context.isPrimaryResourceDeleted() ? gone(resource) : handOn(resource);
        } catch (FailureException e) {
            // The gate let nothing through, not even the status that would have told of it.
            LOG.warn("nothing could be written, which is tried again: {}", e.getMessage());
            return UpdateControl.<IamServiceAccount>noUpdate().rescheduleAfter(STATUS_RETRY);
        } finally {
            MDC.clear();
        }
    }

    private UpdateControl<IamServiceAccount> handOn(IamServiceAccount resource) {
        ResourceID id = ResourceID.fromResource(resource);
        statuses.own().bringUpToDate(resource);
        Outcome outcome = reconciler.reconcile(resource);
        outcome.done().forEach(change -> changes.made(change, outcome.drift()));
        boolean written =
                outcome.status().map(status -> statuses.write(resource, status)).orElse(true);
        // A failure whose status never lands would be news at every try.
        outcome.notices().stream()
                .filter(notice -> written || !notice.warning())
                .forEach(notice -> tell(resource, notice));
        Known now = new Known(
                resource.getMetadata().getUid(),
                ServiceAccountEventSources.serviceAccount(resource),
                written ? 0 : unwritten(id) + 1);
        Known before = known.put(id, now);
        if (before != null && !before.uid().equals(now.uid())) {
            // Another has taken its name while nobody was watching.
            reconciler.forget(before.uid());
            statuses.own().forget(before.uid());
        }
        UpdateControl<IamServiceAccount> control = UpdateControl.noUpdate();
        Optional<Duration> again = written ? outcome.again() : Optional.of(statusRetry(now, outcome));
        again.ifPresent(control::rescheduleAfter);
        return control;
    }

    private int unwritten(ResourceID id) {
        return Optional.ofNullable(known.get(id)).map(Known::unwritten).orElse(0);
    }

    private static Duration statusRetry(Known resource, Outcome outcome) {
        long seconds = STATUS_RETRY.toSeconds() << Math.min(resource.unwritten() - 1, 5);
        Duration retry = Duration.ofSeconds(Math.min(seconds, SLOWEST_STATUS_RETRY.toSeconds()));
        return outcome.again().filter(again -> again.compareTo(retry) > 0).orElse(retry);
    }

    /**
     * A resource has gone. The framework may hand in the next one of that name here, which came while it was busy,
     * and forgets right after that there is any: then it has to be told.
     */
    private UpdateControl<IamServiceAccount> gone(IamServiceAccount resource) {
        ResourceID id = ResourceID.fromResource(resource);
        Known last = known.remove(id);
        if (last != null) {
            reconciler.forget(last.uid());
            statuses.own().forget(last.uid());
            caches.wakeClaimants(resource.getMetadata().getNamespace(), last.serviceAccount());
        }
        for (Duration pause : LOOK_AGAIN) {
            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> caches.resource(id).ifPresent(caches::appeared));
        }
        return UpdateControl.noUpdate();
    }

    private void tell(IamServiceAccount resource, EventMessage notice) {
        if (notice.warning()) {
            LOG.warn("{}: {}", notice.reason(), notice.note());
        }
        gate.pass(
                new OutsideCall("create events", resource.getMetadata().getName()),
                () -> events.record(reference(resource), notice.warning(), notice.reason(), notice.note()));
    }

    private static ObjectReference reference(IamServiceAccount resource) {
        return new ObjectReferenceBuilder()
                .withApiVersion(HasMetadata.getApiVersion(IamServiceAccount.class))
                .withKind(HasMetadata.getKind(IamServiceAccount.class))
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .withUid(resource.getMetadata().getUid())
                .build();
    }
}
