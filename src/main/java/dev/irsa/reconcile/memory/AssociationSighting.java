package dev.irsa.reconcile.memory;

import dev.irsa.core.observed.ObservedAssociation;
import java.time.Instant;
import java.util.Optional;

/**
 * What a sweep has seen of the association of a resource, when it differs from what is known.
 *
 * @param id of the known association
 * @param shown the association as EKS shows it; empty if EKS does not list it
 * @param asked when the read began
 */
public record AssociationSighting(String id, Optional<ObservedAssociation> shown, Instant asked) {}
