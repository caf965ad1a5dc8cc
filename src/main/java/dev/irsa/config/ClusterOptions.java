package dev.irsa.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say which cluster this is, where its roles live, and what the operator may do beside them. */
abstract sealed class ClusterOptions permits RunOptions, PolicyOptions {
    @Option(
            names = "--cluster-name",
            paramLabel = "NAME",
            defaultValue = "${env:IRSA_CLUSTER_NAME}",
            description = {
                "Name of this cluster: part of the names and tags of its roles, never to be changed. Required.",
                "IRSA_CLUSTER_NAME"
            })
    @Nullable
    String clusterName;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            defaultValue = "${env:IRSA_REGION}",
            description = {
                "AWS region. Default: run takes what the AWS SDK finds (AWS_REGION, profile, instance), policy any.",
                "IRSA_REGION"
            })
    @Nullable
    String region;

    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            defaultValue = "${env:IRSA_OIDC_ISSUER}",
            description = {
                "Issuer of the cluster's ServiceAccount tokens. Default: run asks the API server, then EKS; policy asks nobody.",
                "IRSA_OIDC_ISSUER"
            })
    @Nullable
    String oidcIssuer;

    @Option(
            names = "--oidc-provider",
            paramLabel = "Check|Create",
            defaultValue = "${env:IRSA_OIDC_PROVIDER:-Check}",
            description = {
                "Create: make the IAM OIDC provider of the issuer when it is missing, and give it the audiences it lacks."
                        + " Default: Check, which tells how to",
                "IRSA_OIDC_PROVIDER"
            })
    String oidcProvider = "Check";

    @Option(
            names = "--role-path",
            paramLabel = "PATH",
            defaultValue = "${env:IRSA_ROLE_PATH}",
            description = {"IAM path of all roles. Default: /irsa/<cluster-name>/", "IRSA_ROLE_PATH"})
    @Nullable
    String rolePath;

    @Option(
            names = "--adoption-path",
            paramLabel = "PATH",
            split = ",",
            defaultValue = "${env:IRSA_ADOPTION_PATH}",
            description = {
                "IAM path beside --role-path under which roles may be adopted, repeatable. Default: none",
                "IRSA_ADOPTION_PATH (comma-separated)"
            })
    List<String> adoptionPaths = new ArrayList<>();
}
