package dev.irsa.controller;

import dev.irsa.api.v1beta1.IamServiceAccount;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Set;

/** Requeues resources for reasons that no watch reports. */
final class RequeueEventSource extends AbstractEventSource<Void, IamServiceAccount> {
    RequeueEventSource() {
        super(Void.class, "wakeUps");
    }

    /** Requeues a resource. */
    void requeue(ResourceID resource) {
        if (isRunning()) {
            getEventHandler().handleEvent(new Event(resource));
        }
    }

    /** Announces a resource that the framework has overlooked as if it were new. */
    void announce(IamServiceAccount resource) {
        if (isRunning()) {
            getEventHandler()
                    .handleEvent(new ResourceEvent(ResourceAction.ADDED, ResourceID.fromResource(resource), resource));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(IamServiceAccount primary) {
        return Set.of();
    }
}
