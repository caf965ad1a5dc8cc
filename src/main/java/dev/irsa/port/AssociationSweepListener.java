package dev.irsa.port;

import dev.irsa.core.observed.ObservedAssociation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Receives what sweeps see of EKS Pod Identity associations. */
public interface AssociationSweepListener {
    /** Returns the resources that are known to have an association, by its id. */
    Map<String, ResourceRef> associated();

    /**
     * Receives an association as EKS shows it.
     *
     * @param id of an association that {@link #associated} named
     * @param shown empty if EKS does not list it
     * @param asked when the call began
     */
    void observed(String id, Optional<ObservedAssociation> shown, Instant asked);
}
