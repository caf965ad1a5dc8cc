package dev.irsa.kubectl.get;

import dev.irsa.api.v1alpha1.Delivery;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How pods that start now obtain credentials.
 *
 * @param annotation the role that the annotation of the ServiceAccount names; empty if it has none
 * @param association the Pod Identity association; empty if there is none
 */
record CredentialsPath(Optional<String> annotation, Optional<KnownAssociation> association) {
    /** Returns whether there are credentials at all. */
    boolean isPresent() {
        return annotation.isPresent() || association.isPresent();
    }

    Set<Delivery> deliveries() {
        EnumSet<Delivery> kinds = EnumSet.noneOf(Delivery.class);
        annotation.ifPresent(arn -> kinds.add(Delivery.IRSA));
        association.ifPresent(known -> kinds.add(Delivery.PodIdentity));
        return kinds;
    }

    /** Returns the role of new pods. An association takes precedence over the annotation. */
    Optional<String> roleArn() {
        return association.isPresent() ? association.get().roleArn() : annotation;
    }
}
