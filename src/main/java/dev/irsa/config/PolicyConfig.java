package dev.irsa.config;

import dev.irsa.config.OperatorConfig.AwsConfig;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.permissions.OperatorPolicy;
import dev.irsa.core.permissions.PermissionScope;
import dev.irsa.core.policy.PolicyDocument;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of {@code irsa-operator policy}.
 *
 * @param scope contains the issuer if the trust policy is for IRSA. Contains the EKS cluster if the trust policy is for Pod
 *     Identity, or if the operator manages associations.
 * @param previousIssuers that the trust policy for IRSA admits too
 * @param namespace of the operator's ServiceAccount
 * @param serviceAccount name of that ServiceAccount
 * @param roleBoundary ARN of the permissions boundary of the operator's own role; empty: none
 * @param trust how the operator assumes its role
 * @param trusted the role that assumes the role, if {@code trust} is {@code ROLE}
 * @param externalId that it has to name; empty: none
 */
public record PolicyConfig(
        PermissionScope scope,
        List<Issuer> previousIssuers,
        String namespace,
        String serviceAccount,
        Optional<String> roleBoundary,
        Trust trust,
        Optional<String> trusted,
        Optional<String> externalId,
        Output output) {
    private static final Flag ROLE_BOUNDARY_ARN = Flag.argument("--role-boundary-arn", "ARN")
            .help("Permissions boundary of the operator's own role, for --format=cloudformation and terraform."
                    + " Default: none");

    private static final Flag TRUST = Flag.argument("--trust", "irsa|pod-identity")
            .orElse("irsa")
            .help("How the operator assumes its role. irsa requires --oidc-issuer, pod-identity requires --region."
                    + " Default: ${DEFAULT-VALUE}");

    private static final Flag TRUSTED_ROLE_ARN = Flag.argument("--trusted-role-arn", "ARN")
            .help("For the role of an IamAccount: the operator's own role, which assumes it. Replaces --trust."
                    + " Default: none");

    private static final Flag EXTERNAL_ID = Flag.argument("--external-id", "ID")
            .help("External ID that the operator has to name, for --trusted-role-arn. Default: none");

    private static final Flag OPERATOR_SERVICE_ACCOUNT = Flag.argument("--operator-service-account", "NAMESPACE/NAME")
            .orElse("irsa-operator/irsa-operator")
            .help("The operator's ServiceAccount. Default: ${DEFAULT-VALUE}");

    private static final Flag FORMAT = Flag.argument("--format", "json|cloudformation|terraform")
            .orElse("json")
            .help("json prints one document. cloudformation and terraform print the policy, role and trust policy in"
                    + " one template. Default: ${DEFAULT-VALUE}");

    private static final Flag PRINT = Flag.argument("--print", "permissions|trust")
            .orElse("permissions")
            .help("Document that --format=json prints. Default: ${DEFAULT-VALUE}");

    /** How the operator assumes its role. */
    public enum Trust {
        /** With the token of its ServiceAccount. */
        IRSA,
        /** Through EKS Pod Identity. */
        POD_IDENTITY,
        /** From its own role, in another account. */
        ROLE
    }

    /** What the command prints. */
    public enum Output {
        /** The permission policy, as JSON. */
        PERMISSIONS,
        /** The trust policy, as JSON. */
        TRUST,
        /** Both and the role, as a CloudFormation template. */
        CLOUDFORMATION,
        /** Both and the role, as a Terraform file. */
        TERRAFORM
    }

    /** Returns the flags of the command. */
    public static GivenFlags flags() {
        return new GivenFlags(List.of(
                ClusterConfig.CLUSTER_NAME,
                AwsConfig.REGION,
                ClusterConfig.OIDC_ISSUER,
                ClusterConfig.PREVIOUS_ISSUER,
                ClusterConfig.OIDC_PROVIDER,
                RoleConfig.ROLE_PATH,
                RoleConfig.ADOPTION_PATH,
                RoleConfig.ADOPTION_ROLE,
                PolicyScope.ACCOUNT,
                PolicyScope.PARTITION,
                PolicyScope.BOUNDARY_ARN,
                PolicyScope.ALLOWED_POLICY_ARN,
                PolicyScope.POD_IDENTITY,
                PolicyScope.EKS_CLUSTER_NAME,
                PolicyScope.ROLE_NAME,
                PolicyScope.ACCOUNT_ROLE_ARN,
                ROLE_BOUNDARY_ARN,
                TRUST,
                TRUSTED_ROLE_ARN,
                EXTERNAL_ID,
                OPERATOR_SERVICE_ACCOUNT,
                FORMAT,
                PRINT));
    }

    /**
     * Parses and validates the flags.
     *
     * @throws InvalidConfiguration with all problems
     */
    public static PolicyConfig of(GivenFlags given) throws InvalidConfiguration {
        FlagReader flags = new FlagReader(given::texts);
        PermissionScope scope = PolicyScope.read(flags);
        String[] serviceAccount = flags.matching(
                        OPERATOR_SERVICE_ACCOUNT,
                        "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?/[a-z0-9][a-z0-9.-]{0,252}",
                        "it must be the namespace and the name of a ServiceAccount, such as irsa-operator/irsa-operator")
                .split("/", 2);
        Optional<String> trusted = flags.given(TRUSTED_ROLE_ARN);
        trusted.ifPresent(arn -> PolicyScope.roleArn(TRUSTED_ROLE_ARN, arn, flags));
        PolicyConfig config = new PolicyConfig(
                scope,
                ClusterConfig.previousIssuers(flags).stream().map(Issuer::new).toList(),
                serviceAccount[0],
                serviceAccount[serviceAccount.length - 1],
                roleBoundary(scope.account(), flags),
                trust(trusted, flags),
                trusted,
                externalId(trusted, flags),
                output(flags));
        config.requireInputs(flags);
        flags.throwIfInvalid();
        requireSize(scope);
        return config;
    }

    private static Trust trust(Optional<String> trusted, FlagReader flags) {
        boolean irsa = flags.choice(TRUST, List.of("irsa", "pod-identity")).equals("irsa");
        if (trusted.isPresent()) {
            return Trust.ROLE;
        }
        return irsa ? Trust.IRSA : Trust.POD_IDENTITY;
    }

    private static Optional<String> externalId(Optional<String> trusted, FlagReader flags) {
        Optional<String> id = flags.givenMatching(
                EXTERNAL_ID, "[A-Za-z0-9_+=,.@:/-]{2,1224}", "it must be 2 to 1224 letters, digits and _+=,.@:/-");
        if (id.isPresent() && trusted.isEmpty()) {
            flags.problem(EXTERNAL_ID, id.get(), "it applies to --trusted-role-arn, which is missing");
        }
        return id;
    }

    private static Optional<String> roleBoundary(AwsAccount account, FlagReader flags) {
        Optional<String> given = flags.given(ROLE_BOUNDARY_ARN);
        if (given.isPresent() && flags.text(FORMAT).equals("json")) {
            flags.problem(
                    ROLE_BOUNDARY_ARN,
                    given.get(),
                    "--format=json prints no role; use --format=cloudformation or terraform, or pass the boundary to"
                            + " aws iam create-role --permissions-boundary");
        }
        return given.isEmpty()
                ? given
                : PolicyScope.policies(account, ROLE_BOUNDARY_ARN, flags).stream()
                        .findFirst();
    }

    private static Output output(FlagReader flags) {
        String format = flags.choice(FORMAT, List.of("json", "cloudformation", "terraform"));
        boolean trust = flags.choice(PRINT, List.of("permissions", "trust")).equals("trust");
        if (trust && !format.equals("json")) {
            flags.problem(PRINT, "trust", "--format=" + format + " prints both documents; remove the flag");
        }
        return switch (format) {
            case "cloudformation" -> Output.CLOUDFORMATION;
            case "terraform" -> Output.TERRAFORM;
            default -> trust ? Output.TRUST : Output.PERMISSIONS;
        };
    }

    private void requireInputs(FlagReader flags) {
        boolean trusts = output != Output.PERMISSIONS;
        if (scope.issuer().isEmpty()) {
            if (scope.makesProvider()) {
                flags.problem(
                        ClusterConfig.OIDC_ISSUER, "", "--oidc-provider=Create requires the issuer of the provider");
            } else if (trusts && trust == Trust.IRSA) {
                flags.problem(ClusterConfig.OIDC_ISSUER, "", "the trust policy for IRSA requires the issuer");
            }
        }
        if (scope.makesAssociations()) {
            PolicyScope.requireEksCluster(scope, "--pod-identity", flags);
        } else if (trusts && trust == Trust.POD_IDENTITY) {
            PolicyScope.requireEksCluster(scope, "the trust policy for Pod Identity", flags);
        }
    }

    /** Returns the permissions of the role. */
    public PolicyDocument permissions() {
        return trusted.isPresent() ? OperatorPolicy.inOtherAccount(scope) : OperatorPolicy.of(scope);
    }

    private static void requireSize(PermissionScope scope) throws InvalidConfiguration {
        int size = OperatorPolicy.size(scope);
        if (size > OperatorPolicy.MAX_SIZE) {
            String associations = scope.makesAssociations()
                    ? "; --pod-identity needs " + OperatorPolicy.associationsSize(scope) + " of them"
                    : "";
            throw new InvalidConfiguration(
                    List.of("the policy has " + size + " characters, but a managed policy may have at most "
                            + OperatorPolicy.MAX_SIZE
                            + "; set fewer --boundary-arn, --allowed-policy-arn (* matches many), --adoption-path or"
                            + " --adoption-role"
                            + associations));
        }
    }
}
