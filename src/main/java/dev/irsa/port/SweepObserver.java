package dev.irsa.port;

import java.util.List;

/** Who wants to know what a sweep has seen. */
public interface SweepObserver {
    /**
     * A sweep is complete.
     *
     * @return the resources that have to be looked at because of it
     */
    List<ResourceRef> saw(SweepSnapshot snapshot);

    /** There is no sweep: the resources whose roles have to be looked at one by one. */
    List<ResourceRef> watched();

    /**
     * The role of this resource has to be looked at anew when it is next reconciled. Nothing is known to be wrong with
     * it: if AWS is away then, the look is left to the next time.
     */
    void lookAgain(ResourceRef resource);
}
