package dev.irsa.core.delivery;

import dev.irsa.core.observed.ObservedAssociation;

/** What is known about the EKS Pod Identity association of a ServiceAccount. */
public sealed interface KnownAssociation {
    /** Nothing indicates that there is one. */
    record None() implements KnownAssociation {}

    /** The status of the resource names it, and this process has not read it. */
    record Recorded(String id, String arn) implements KnownAssociation {}

    /**
     * Its tags prove that it belongs to the resource.
     *
     * @param shown whether EKS has shown it since it was created
     */
    record Ours(ObservedAssociation association, boolean shown) implements KnownAssociation {}

    /**
     * It does not belong to the resource.
     *
     * @param why completes the sentence "association ID …"
     */
    record Foreign(String id, String why) implements KnownAssociation {}
}
