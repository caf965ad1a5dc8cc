package dev.irsa.controller;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Set;

/** Events of our own making: something that no watch tells concerns a resource. */
final class RequeueEventSource extends AbstractEventSource<Void, IamServiceAccount> {
    RequeueEventSource() {
        super(Void.class, "wakeUps");
    }

    /** Has a resource reconciled. */
    void wake(ResourceID resource) {
        if (isRunning()) {
            getEventHandler().handleEvent(new Event(resource));
        }
    }

    /** Tells the framework of a resource that it has overlooked, as if it had just appeared. */
    void appeared(IamServiceAccount resource) {
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
