package dev.irsa.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code irsa-operator policy}, as they were given: text that {@link PolicyConfig} makes sense of. */
public final class PolicyOptions extends ClusterOptions {
    @Option(names = "--account", paramLabel = "ID", description = "Number of the AWS account of the roles. Required.")
    @Nullable
    String account;

    @Option(
            names = "--partition",
            paramLabel = "PARTITION",
            defaultValue = "aws",
            description = "Its partition: aws, aws-cn, aws-us-gov, or another. Default: aws")
    String partition = "aws";

    @Option(
            names = "--boundary-arn",
            paramLabel = "ARN",
            description =
                    "Permissions boundary, repeatable: each role must have one of them. Default: none is asked for,"
                            + " and the policy grants no inline policies.")
    List<String> boundaries = new ArrayList<>();

    @Option(
            names = "--allowed-policy-arn",
            paramLabel = "ARN",
            description = "Managed policy that may be attached, with * and ?, repeatable."
                    + " Default: any within --boundary-arn, without one none.")
    List<String> allowedPolicies = new ArrayList<>();

    @Option(
            names = "--role-name",
            paramLabel = "[PATH/]NAME",
            defaultValue = "irsa-operator",
            description = "The operator's own role, and its policy; outside of --role-path. Default: irsa-operator")
    String roleName = "irsa-operator";

    @Option(
            names = "--trust",
            paramLabel = "irsa|pod-identity",
            defaultValue = "irsa",
            description = "How the operator comes by that role: irsa needs --oidc-issuer, pod-identity --region."
                    + " Default: irsa")
    String trust = "irsa";

    @Option(
            names = "--operator-service-account",
            paramLabel = "NAMESPACE/NAME",
            defaultValue = "irsa-operator/irsa-operator",
            description = "The operator's ServiceAccount. Default: irsa-operator/irsa-operator")
    String serviceAccount = "irsa-operator/irsa-operator";

    @Option(
            names = "--format",
            paramLabel = "json|cloudformation|terraform",
            defaultValue = "json",
            description =
                    "json: one document; cloudformation, terraform: policy, role and trust policy in one template."
                            + " Default: json")
    String format = "json";

    @Option(
            names = "--print",
            paramLabel = "permissions|trust",
            defaultValue = "permissions",
            description = "Which document json prints. Default: permissions")
    String print = "permissions";
}
