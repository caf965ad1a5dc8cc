package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.CallInterceptor.ExternalCall;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;

/** Records events on IamServiceAccounts. */
public final class ResourceEvents {
    private final EventRecorder events;
    private final CallInterceptor interceptor;

    /** Records through this recorder; each call passes the interceptor. */
    public ResourceEvents(EventRecorder events, CallInterceptor interceptor) {
        this.events = events;
        this.interceptor = interceptor;
    }

    /**
     * Records an event on a resource.
     *
     * @param warning whether the type of the event is Warning instead of Normal
     * @param note at most 1024 characters
     */
    public void record(IamServiceAccount resource, boolean warning, String reason, String note) {
        interceptor.intercept(
                new ExternalCall("create events", resource.getMetadata().getName()),
                () -> events.record(reference(resource), warning, reason, note));
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
