package dev.irsa.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that identify the cluster, the paths of its roles, and what else the operator may change. */
abstract sealed class ClusterOptions permits RunOptions, PolicyOptions {
    private static final String CLUSTER_NAME = "<cluster-name>";
    private static final String DEFAULT_ROLE_PATH = "/irsa/" + CLUSTER_NAME + "/";

    @Option(
            names = "--cluster-name",
            paramLabel = "NAME",
            defaultValue = "${env:IRSA_CLUSTER_NAME}",
            description = {
                "Name of this cluster, part of the names and tags of its roles. Never change it. Required",
                "IRSA_CLUSTER_NAME"
            })
    @Nullable
    String clusterName;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            defaultValue = "${env:IRSA_REGION}",
            description = {
                "AWS region. Default for run: from the default chain of the AWS SDK (AWS_REGION, profile, instance)."
                        + " policy needs it only with --pod-identity or --trust=pod-identity",
                "IRSA_REGION"
            })
    @Nullable
    String region;

    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            defaultValue = "${env:IRSA_OIDC_ISSUER}",
            description = {
                "Issuer of the cluster's ServiceAccount tokens, without a port. Default for run: discovered from the API"
                        + " server. Default for policy: none",
                "IRSA_OIDC_ISSUER"
            })
    @Nullable
    String oidcIssuer;

    @Option(
            names = "--oidc-provider",
            paramLabel = "Check|Create",
            defaultValue = "${env:IRSA_OIDC_PROVIDER:-Check}",
            description = {
                "Create: create the issuer's IAM OIDC provider if it is missing, and add missing audiences."
                        + " Check: report how to create it. Default: ${DEFAULT-VALUE}",
                "IRSA_OIDC_PROVIDER"
            })
    String oidcProvider = "Check";

    @Option(
            names = "--role-path",
            paramLabel = "PATH",
            defaultValue = "${env:IRSA_ROLE_PATH}",
            description = {"IAM path of all roles. Default: " + DEFAULT_ROLE_PATH, "IRSA_ROLE_PATH"})
    @Nullable
    String rolePath;

    @Option(
            names = "--adoption-path",
            paramLabel = "PATH",
            split = ",",
            defaultValue = "${env:IRSA_ADOPTION_PATH}",
            description = {
                "IAM path, in addition to --role-path, under which the operator may adopt roles. Repeatable. Default: none",
                "IRSA_ADOPTION_PATH (comma-separated)"
            })
    List<String> adoptionPaths = new ArrayList<>();

    @Option(
            names = "--adoption-role",
            paramLabel = "PATTERN",
            split = ",",
            defaultValue = "${env:IRSA_ADOPTION_ROLE}",
            description = {
                "Path and name of roles elsewhere that the operator may adopt, such as /eksctl-prod-*. In the name, *"
                        + " matches any characters. Repeatable. Default: none",
                "IRSA_ADOPTION_ROLE (comma-separated)"
            })
    List<String> adoptionRoles = new ArrayList<>();

    static String defaultRolePath(String clusterName) {
        return DEFAULT_ROLE_PATH.replace(CLUSTER_NAME, clusterName);
    }
}
