package dev.irsa.core.desired;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.core.failure.Failure.InvalidSpec;
import java.util.EnumSet;
import java.util.Optional;

/** Reads how the pods of one resource are to obtain credentials, and checks whether they can. */
final class DeliveryReader {
    private final String namespace;
    private final String name;
    private final IamServiceAccountSpec spec;
    private final ClusterIdentity cluster;

    DeliveryReader(String namespace, String name, IamServiceAccountSpec spec, ClusterIdentity cluster) {
        this.namespace = namespace;
        this.name = name;
        this.spec = spec;
        this.cluster = cluster;
    }

    /** Returns how pods are to obtain the credentials of the role. */
    DesiredDelivery delivery() {
        return new DesiredDelivery(
                cluster.delivery().effective(spec.delivery()),
                new TrustTerms(
                        cluster.account(),
                        cluster.oidcProvider(),
                        cluster.delivery().eksClusterArn(),
                        namespace,
                        Desired.serviceAccountName(name, spec),
                        spec.token().effectiveAudience()));
    }

    /** The size with both statements is checked, so that a move never fails midway. */
    Optional<InvalidSpec> problem() {
        DesiredDelivery wanted = delivery();
        if (!wanted.uses(Delivery.PodIdentity)) {
            return Optional.empty();
        }
        if (wanted.terms().eksClusterArn().isEmpty()) {
            return Optional.of(new InvalidSpec(
                    "spec.delivery",
                    "PodIdentity requires the AWS region of the cluster, which the operator does not know; a platform"
                            + " engineer can set --region"));
        }
        if (!wanted.uses(Delivery.IRSA) && spec.token().audience() != null) {
            return Optional.of(new InvalidSpec(
                    "spec.token.audience", "it applies only to IRSA; remove it, or add IRSA to spec.delivery"));
        }
        int size = wanted.trustPolicy(EnumSet.allOf(Delivery.class)).size();
        int quota = cluster.delivery().trustPolicyQuota();
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
