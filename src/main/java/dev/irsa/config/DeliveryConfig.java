package dev.irsa.config;

import dev.irsa.api.v1alpha1.Delivery;
import java.time.Duration;
import java.util.Set;

/**
 * How pods obtain the credentials of their role, as the flags configure it.
 *
 * @param defaultDelivery applies to resources without {@code spec.delivery}; never empty
 * @param eksClusterName the name by which EKS knows this cluster
 * @param associationInterval how often the role and the tags of each association are read
 * @param trustPolicyQuota the account's quota of the characters of a role trust policy
 * @param assumeAgent whether the operator assumes that the nodes run the EKS Pod Identity Agent, without a look at the
 *     cluster
 */
public record DeliveryConfig(
        Set<Delivery> defaultDelivery,
        String eksClusterName,
        Duration associationInterval,
        int trustPolicyQuota,
        boolean assumeAgent) {
    /** Copies the set. */
    public DeliveryConfig {
        defaultDelivery = Set.copyOf(defaultDelivery);
    }
}
