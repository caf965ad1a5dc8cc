package dev.irsa.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code irsa-operator policy} as unparsed text; {@link PolicyConfig} parses and validates them. */
public final class PolicyOptions extends ClusterOptions {
    @Option(names = "--account", paramLabel = "ID", description = "ID of the AWS account of the roles. Required")
    @Nullable
    String account;

    @Option(
            names = "--partition",
            paramLabel = "PARTITION",
            description = "Partition of the account, such as aws, aws-cn or aws-us-gov. Default: ${DEFAULT-VALUE}")
    String partition = "aws";

    @Option(
            names = "--boundary-arn",
            paramLabel = "ARN",
            description =
                    "Permissions boundary. Each role must have one of the listed boundaries. Repeatable. Default: none, so roles"
                            + " need no boundary and the policy allows no inline policies")
    List<String> boundaries = new ArrayList<>();

    @Option(
            names = "--allowed-policy-arn",
            paramLabel = "ARN",
            description = "Managed policy that the operator may attach; * and ? are wildcards. Repeatable."
                    + " Default: any policy with --boundary-arn, none without")
    List<String> allowedPolicies = new ArrayList<>();

    @Option(
            names = "--pod-identity",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Allow the operator to manage EKS Pod Identity associations; requires --region."
                    + " --trust selects how the operator itself gets credentials. Default: ${DEFAULT-VALUE}")
    String podIdentity = "false";

    @Option(
            names = "--eks-cluster-name",
            paramLabel = "NAME",
            defaultValue = "${env:IRSA_EKS_CLUSTER_NAME}",
            description = {
                "Name of the cluster in EKS, for --pod-identity and --trust=pod-identity. Default: --cluster-name",
                "IRSA_EKS_CLUSTER_NAME"
            })
    @Nullable
    String eksClusterName;

    @Option(
            names = "--role-name",
            paramLabel = "[PATH/]NAME",
            description =
                    "Name of the operator's own role and of its policy, outside --role-path. Default: ${DEFAULT-VALUE}")
    String roleName = "irsa-operator";

    @Option(
            names = "--role-boundary-arn",
            paramLabel = "ARN",
            description = "Permissions boundary of the operator's own role, for --format=cloudformation and terraform."
                    + " Default: none")
    @Nullable
    String roleBoundary;

    @Option(
            names = "--trust",
            paramLabel = "irsa|pod-identity",
            description =
                    "How the operator assumes its role. irsa requires --oidc-issuer, pod-identity requires --region."
                            + " Default: ${DEFAULT-VALUE}")
    String trust = "irsa";

    @Option(
            names = "--operator-service-account",
            paramLabel = "NAMESPACE/NAME",
            description = "The operator's ServiceAccount. Default: ${DEFAULT-VALUE}")
    String serviceAccount = "irsa-operator/irsa-operator";

    @Option(
            names = "--format",
            paramLabel = "json|cloudformation|terraform",
            description =
                    "json prints one document. cloudformation and terraform print the policy, role and trust policy in one"
                            + " template. Default: ${DEFAULT-VALUE}")
    String format = "json";

    @Option(
            names = "--print",
            paramLabel = "permissions|trust",
            description = "Document that --format=json prints. Default: ${DEFAULT-VALUE}")
    String print = "permissions";
}
