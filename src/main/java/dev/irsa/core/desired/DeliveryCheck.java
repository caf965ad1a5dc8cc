package dev.irsa.core.desired;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.api.v1alpha1.TokenSpec;
import dev.irsa.core.failure.Failure.InvalidSpec;
import java.util.EnumSet;
import java.util.Optional;

/** Checks whether the pods of one resource can obtain credentials as its spec asks. */
final class DeliveryCheck {
    private DeliveryCheck() {}

    /**
     * Returns the first problem; empty if there is none. The size with both statements is checked, so that a move never fails
     * midway.
     */
    static Optional<InvalidSpec> problem(DesiredDelivery wanted, TokenSpec token, int quota) {
        if (!wanted.uses(Delivery.PodIdentity)) {
            return Optional.empty();
        }
        if (wanted.terms().eksClusterArn().isEmpty()) {
            return Optional.of(new InvalidSpec(
                    "spec.delivery",
                    "PodIdentity requires the AWS region of the cluster, which the operator does not know; a platform"
                            + " engineer can set --region"));
        }
        if (!wanted.uses(Delivery.IRSA) && token.audience() != null) {
            return Optional.of(new InvalidSpec(
                    "spec.token.audience", "it applies only to IRSA; remove it, or add IRSA to spec.delivery"));
        }
        int size = wanted.trustPolicy(EnumSet.allOf(Delivery.class)).size();
        return size <= quota
                ? Optional.empty()
                : Optional.of(
                        new InvalidSpec(
                                "spec.delivery",
                                "the trust policy for IRSA and PodIdentity has " + size
                                        + " characters, but the quota is " + quota
                                        + "; choose shorter names, or raise the quota in AWS and then set --trust-policy-quota"));
    }
}
