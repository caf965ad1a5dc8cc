package dev.irsa.drift;

import dev.irsa.port.ResourceRef;
import java.util.List;

/** Who wants to know what a sweep has seen. */
public interface Sightings {
    /**
     * A sweep is complete.
     *
     * @return the resources that have to be looked at because of it
     */
    List<ResourceRef> saw(Snapshot snapshot);

    /** There is no sweep: the resources whose roles have to be looked at one by one. */
    List<ResourceRef> watched();

    /** The role of this resource has to be looked at anew when it is next reconciled. */
    void lookAgain(ResourceRef resource);
}
