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
        String audience) {
    /** Returns the ARN of the OIDC provider. */
    public String provider() {
        return account.oidcProvider(oidcProvider);
    }

    /** Returns the subject of the web identity token. */
    public String subject() {
        return "system:serviceaccount:" + namespace + ":" + serviceAccount;
    }
}
