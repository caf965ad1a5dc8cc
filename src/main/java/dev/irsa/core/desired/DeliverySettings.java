package dev.irsa.core.desired;

import dev.irsa.api.v1beta1.Delivery;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the pods of the cluster can obtain credentials.
 *
 * @param defaultDelivery the way of resources that name none
 * @param eksClusterArn ARN of the EKS cluster; empty if the AWS region is unknown
 * @param trustPolicyQuota characters of a trust policy that the account allows
 * @param sameAccount whether the roles are in the account of the cluster, which EKS Pod Identity requires
 */
public record DeliverySettings(
        Set<Delivery> defaultDelivery, Optional<String> eksClusterArn, int trustPolicyQuota, boolean sameAccount) {
    /** "IAM and AWS STS quotas": the default quota of the length of a role trust policy, in characters. */
    public static final int TRUST_POLICY_QUOTA = 2048;

    /** IRSA by default, in a cluster whose ARN is unknown. */
    public static final DeliverySettings IRSA =
            new DeliverySettings(EnumSet.of(Delivery.IRSA), Optional.empty(), TRUST_POLICY_QUOTA);

    public DeliverySettings {
        defaultDelivery = Collections.unmodifiableSet(EnumSet.copyOf(defaultDelivery));
    }

    /** Creates the settings of roles in the account of the cluster. */
    public DeliverySettings(Set<Delivery> defaultDelivery, Optional<String> eksClusterArn, int trustPolicyQuota) {
        this(defaultDelivery, eksClusterArn, trustPolicyQuota, true);
    }

    /** Returns the settings of roles in another account. */
    DeliverySettings inAnotherAccount() {
        return new DeliverySettings(defaultDelivery, eksClusterArn, trustPolicyQuota, false);
    }

    /** Returns the AWS region of the cluster; empty if it is unknown. */
    public Optional<String> region() {
        return eksClusterArn.map(arn -> arn.split(":", -1)[3]);
    }

    /** Returns the ways that a resource uses whose spec names these, or none. */
    public Set<Delivery> effective(List<Delivery> named) {
        return named.isEmpty() ? defaultDelivery : EnumSet.copyOf(named);
    }
}
