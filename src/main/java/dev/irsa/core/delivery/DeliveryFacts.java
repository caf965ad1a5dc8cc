package dev.irsa.core.delivery;

import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.observed.PodUse;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known about how pods obtain the credentials of a role now.
 *
 * @param serviceAccount as the cache shows it
 * @param propagating how long until every earlier change to the trust policy, the annotation and the association has
 *     propagated; zero once they have
 * @param pods of the ServiceAccount; empty if the operator may not list pods
 * @param podsRestarted whether a user has confirmed that all pods were restarted since the spec was changed
 * @param availability whether the cluster has EKS Pod Identity
 */
public record DeliveryFacts(
        ObservedServiceAccount serviceAccount,
        AssociationState association,
        Duration propagating,
        Optional<PodUse> pods,
        boolean podsRestarted,
        PodIdentityAvailability availability) {
    boolean havePropagated() {
        return !propagating.isPositive();
    }
}
