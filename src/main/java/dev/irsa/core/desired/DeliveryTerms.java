package dev.irsa.core.desired;

import dev.irsa.api.v1alpha1.TokenSpec;
import dev.irsa.core.policy.PolicyDocument;
import java.util.SortedMap;

/** What a way of delivering credentials requires of the role and of the ServiceAccount. */
public interface DeliveryTerms {
    /**
     * Returns the trust policy that admits exactly one ServiceAccount of the cluster.
     *
     * @throws IllegalArgumentException if a name contains a wildcard or a policy variable
     */
    PolicyDocument trustPolicy(ClusterIdentity cluster, String namespace, String serviceAccount, String audience);

    /** Returns the annotations that the ServiceAccount needs. */
    SortedMap<String, String> annotations(String roleArn, TokenSpec token);
}
