package dev.irsa.core.desired;

import java.util.Optional;

/**
 * Whom the trust policy of a role admits.
 *
 * @param oidcProvider the name of the cluster's OIDC provider
 * @param eksClusterArn ARN of the EKS cluster; empty if it is unknown
 * @param audience of the web identity token
 */
public record TrustTerms(
        AwsAccount account,
        String oidcProvider,
        Optional<String> eksClusterArn,
        String namespace,
        String serviceAccount,
        String audience) {}
