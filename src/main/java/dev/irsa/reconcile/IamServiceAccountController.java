package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.kubernetes.EventRecorder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    private final IamServiceAccountReconciler reconciler;
    private final WatchedCaches caches;
    private final EventRecorder events;

    /** A controller that hands on to this reconciler. */
    public IamServiceAccountController(
            IamServiceAccountReconciler reconciler, WatchedCaches caches, EventRecorder events) {
        this.reconciler = reconciler;
        this.caches = caches;
        this.events = events;
    }

    @Override
    public List<EventSource<?, IamServiceAccount>> prepareEventSources(EventSourceContext<IamServiceAccount> context) {
        return caches.eventSources(context);
    }

    @Override
    public UpdateControl<IamServiceAccount> reconcile(IamServiceAccount resource, Context<IamServiceAccount> context) {
        MDC.put("namespace", resource.getMetadata().getNamespace());
        MDC.put("name", resource.getMetadata().getName());
        try {
            return handOn(resource, context);
        } finally {
            MDC.clear();
        }
    }

    private UpdateControl<IamServiceAccount> handOn(IamServiceAccount resource, Context<IamServiceAccount> context) {
        UpdateControl<IamServiceAccount> control = UpdateControl.noUpdate();
        if (context.isPrimaryResourceDeleted()) {
            reconciler.forget(resource.getMetadata().getUid());
            caches.wakeOthers(resource);
            return control;
        }
        Outcome outcome = reconciler.reconcile(resource);
        boolean written = write(resource, outcome.status(), context);
        outcome.notices().forEach(notice -> tell(resource, notice));
        Optional<Duration> again = written ? outcome.again() : Optional.of(STATUS_RETRY);
        again.ifPresent(control::rescheduleAfter);
        return control;
    }

    /** Whether the status is as it should be, or no longer matters. */
    private static boolean write(
            IamServiceAccount resource, Optional<IamServiceAccountStatus> status, Context<IamServiceAccount> context) {
        if (status.isEmpty()) {
            return true;
        }
        IamServiceAccount fresh = new IamServiceAccount();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .withUid(resource.getMetadata().getUid())
                .build());
        fresh.setStatus(status.get());
        try {
            context.resourceOperations().serverSideApplyPrimaryStatus(fresh);
            return true;
        } catch (KubernetesClientException e) {
            boolean gone = e.getCode() == 404 || e.getCode() == 409;
            if (!gone) {
                LOG.warn("the status could not be written and will be tried again: {}", e.getMessage());
            }
            return gone;
        }
    }

    private void tell(IamServiceAccount resource, Notice notice) {
        if (notice.warning()) {
            LOG.warn("{}: {}", notice.reason(), notice.note());
        }
        events.record(reference(resource), notice.warning(), notice.reason(), notice.note());
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
