package dev.irsa.core.desired;

import java.util.List;
import java.util.Optional;

/**
 * Whom the trust policy of a role admits.
 *
 * @param oidcProvider the name of the cluster's OIDC provider
 * @param eksClusterArn ARN of the EKS cluster; empty if it is unknown
 * @param serviceAccounts names, sorted, at least one
 * @param audience of the web identity token
 */
public record TrustTerms(
        AwsAccount account,
        String oidcProvider,
        Optional<String> eksClusterArn,
        String namespace,
        List<String> serviceAccounts,
        String audience) {
    public TrustTerms {
        serviceAccounts = serviceAccounts.stream().sorted().distinct().toList();
    }

    /** Returns these terms for these ServiceAccounts. */
    TrustTerms admitting(List<String> names) {
        return new TrustTerms(account, oidcProvider, eksClusterArn, namespace, names, audience);
    }

    /** Returns the ARN of the OIDC provider. */
    public String provider() {
        return account.oidcProvider(oidcProvider);
    }

    /** Returns the subject of the web identity token of a ServiceAccount. */
    public String subject(String serviceAccount) {
        return "system:serviceaccount:" + namespace + ":" + serviceAccount;
    }
}
