package dev.irsa.core.oidc;

import dev.irsa.api.v1alpha1.TokenSpec;
import dev.irsa.core.desired.ClusterIdentity;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes what is missing from the provider, and the exact command that adds it. */
final class OidcProviderRemedy {
    private OidcProviderRemedy() {}

    static String toCreate(ClusterIdentity cluster, String audience, OidcProviderState.Missing missing) {
        return "IAM has no OIDC provider for this cluster's issuer "
                + cluster.issuer().url()
                + near(missing.nearMisses()) + "; run: " + eksctl(cluster, audience)
                + "aws iam create-open-id-connect-provider --url "
                + cluster.issuer().url() + " --client-id-list "
                + Stream.of(TokenSpec.DEFAULT_AUDIENCE, audience).distinct().collect(Collectors.joining(" "))
                + operator(missing.problem());
    }

    static String toAdd(ClusterIdentity cluster, String audience, OidcProviderState.Found found) {
        String arn = cluster.account().oidcProvider(found.name());
        return "the IAM OIDC provider " + arn + " is missing the audience " + audience
                + "; run: aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn " + arn
                + " --client-id " + audience + operator(found.problem());
    }

    private static String near(List<String> names) {
        return names.isEmpty()
                ? ""
                : " (found " + String.join(", ", names) + "; path and trailing slash must match the issuer)";
    }

    /**
     * Returns the command of eksctl, which finds the issuer of the cluster itself and adds the default audience only. The
     * operator does not know the name that the cluster has in EKS.
     */
    private static String eksctl(ClusterIdentity cluster, String audience) {
        return cluster.issuer()
                .eksRegion()
                .filter(_ -> audience.equals(TokenSpec.DEFAULT_AUDIENCE))
                .map(region -> "eksctl utils associate-iam-oidc-provider --region " + region
                        + " --cluster NAME_IN_EKS --approve, or: ")
                .orElse("");
    }

    private static String operator(String problem) {
        return problem.isEmpty() ? ", or start the operator with --oidc-provider=Create" : "; " + problem;
    }
}
