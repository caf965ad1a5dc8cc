package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.port.Gate;
import dev.irsa.port.Gate.OutsideCall;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;

/** Records events on IamServiceAccounts. */
public final class ResourceEvents {
    private final EventRecorder events;
    private final Gate gate;

    /** Records through this recorder; each call passes the gate. */
    public ResourceEvents(EventRecorder events, Gate gate) {
        this.events = events;
        this.gate = gate;
    }

    /**
     * Records an event on a resource.
     *
     * @param warning whether the type of the event is Warning instead of Normal
     * @param note at most 1024 characters
     */
    public void record(IamServiceAccount resource, boolean warning, String reason, String note) {
        gate.pass(
                new OutsideCall("create events", resource.getMetadata().getName()),
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
