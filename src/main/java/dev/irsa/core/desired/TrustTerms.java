package dev.irsa.core.desired;

import java.util.List;
import java.util.Optional;

/**
 * Whom the trust policy of a role admits.
 *
 * @param oidcProvider the name of the cluster's OIDC provider
 * @param previousProviders the names of the providers of its previous issuers, whose tokens are admitted too
 * @param eksClusterArn ARN of the EKS cluster; empty if it is unknown
 * @param serviceAccounts names, sorted, at least one
 * @param audience of the web identity token
 */
public record TrustTerms(
        AwsAccount account,
        String oidcProvider,
        List<String> previousProviders,
        Optional<String> eksClusterArn,
        String namespace,
        List<String> serviceAccounts,
        String audience) {
    public TrustTerms {
        previousProviders = previousProviders.stream().sorted().distinct().toList();
        serviceAccounts = serviceAccounts.stream().sorted().distinct().toList();
    }

    /** The terms of a cluster that has one issuer. */
    public TrustTerms(
            AwsAccount account,
            String oidcProvider,
            Optional<String> eksClusterArn,
            String namespace,
            List<String> serviceAccounts,
            String audience) {
        this(account, oidcProvider, List.of(), eksClusterArn, namespace, serviceAccounts, audience);
    }

    /** Returns these terms for these ServiceAccounts. */
    TrustTerms admitting(List<String> names) {
        return new TrustTerms(account, oidcProvider, previousProviders, eksClusterArn, namespace, names, audience);
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
