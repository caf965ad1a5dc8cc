package dev.irsa.config;

import dev.irsa.config.OperatorConfig.AwsConfig;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.desired.TrustPolicy;
import dev.irsa.core.permissions.EksCluster;
import dev.irsa.core.permissions.OperatorRole;
import dev.irsa.core.permissions.PermissionScope;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Declares and reads the flags of {@code irsa-operator policy} that say what the operator may do. */
final class PolicyScope {
    /** A character of the names of roles and policies, and of the parts of their paths. */
    private static final String NAME = "[A-Za-z0-9+=,.@_-]";

    /** The name of one policy, with its path. */
    private static final String ONE_POLICY = "(?:" + NAME + "+/)*" + NAME + "+";

    private static final String EKS_NAME_RULE = "at most 100 letters, digits, '_' and '-'";

    static final Flag ACCOUNT = Flag.argument("--account", "ID").help("ID of the AWS account of the roles. Required");

    static final Flag PARTITION = Flag.argument("--partition", "PARTITION")
            .orElse("aws")
            .help("Partition of the account, such as aws, aws-cn or aws-us-gov. Default: ${DEFAULT-VALUE}");

    static final Flag BOUNDARY_ARN = Flag.argument("--boundary-arn", "ARN")
            .repeatable()
            .help(
                    "Permissions boundary. Each role must have one of the listed boundaries. Repeatable. Default: none, so"
                            + " roles need no boundary and the policy allows no inline policies");

    static final Flag ALLOWED_POLICY_ARN = Flag.argument("--allowed-policy-arn", "ARN")
            .repeatable()
            .help("Managed policy that the operator may attach; * and ? are wildcards. Repeatable."
                    + " Default: any policy with --boundary-arn, none without");

    static final Flag POD_IDENTITY = Flag.argument("--pod-identity", "true|false")
            .trueIfGiven()
            .orElse("false")
            .help("Allow the operator to manage EKS Pod Identity associations; requires --region."
                    + " --trust selects how the operator itself gets credentials. Default: ${DEFAULT-VALUE}");

    static final Flag EKS_CLUSTER_NAME = Flag.of("--eks-cluster-name", "NAME")
            .help("Name of the cluster in EKS, for --pod-identity and --trust=pod-identity. Default: --cluster-name");

    static final Flag ROLE_NAME = Flag.argument("--role-name", "[PATH/]NAME")
            .orElse("irsa-operator")
            .help("Name of the operator's own role and of its policy, outside --role-path. Default: ${DEFAULT-VALUE}");

    static final Flag ACCOUNT_ROLE_ARN = Flag.argument("--account-role-arn", "ARN")
            .repeatable()
            .help("Role of an IamAccount, in another account, that the operator may assume. Repeatable. Default: none");

    private static final String ROLE_ARN =
            "arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role/(?:" + NAME + "+/)*" + NAME + "{1,64}";

    private PolicyScope() {}

    static PermissionScope read(FlagReader flags) {
        String cluster = ClusterConfig.clusterName(flags);
        String account = flags.matching(ACCOUNT, "[0-9]{12}", "it must be the ID of the AWS account, 12 digits");
        String partition = flags.matching(
                PARTITION, "aws(?:-[a-z]+)*", "it must be a partition, such as aws, aws-cn or aws-us-gov");
        String rolePath = RoleConfig.rolePath(cluster, flags);
        OperatorRole itself = operatorRole(rolePath, flags);
        AwsAccount where = new AwsAccount(partition, account, itself.name());
        return new PermissionScope(
                cluster,
                where,
                eksCluster(cluster, flags),
                rolePath,
                RoleConfig.adoption(flags).outside(rolePath),
                policies(where, BOUNDARY_ARN, flags),
                policies(where, ALLOWED_POLICY_ARN, "(?:" + NAME + "|[*?/])+", ", with * and ?", flags),
                issuer(flags),
                ClusterConfig.createsProvider(flags),
                flags.trueOrFalse(POD_IDENTITY),
                itself,
                accountRoles(flags));
    }

    private static List<String> accountRoles(FlagReader flags) {
        TreeSet<String> arns = new TreeSet<>(flags.texts(ACCOUNT_ROLE_ARN));
        arns.forEach(arn -> roleArn(ACCOUNT_ROLE_ARN, arn, flags));
        return List.copyOf(arns);
    }

    /** Returns the ARN of a role in any account. */
    static String roleArn(Flag flag, String arn, FlagReader flags) {
        return flags.matching(
                flag,
                arn,
                ROLE_ARN,
                "it must be the ARN of a role, such as arn:aws:iam::111122223333:role/irsa-operator");
    }

    private static Optional<EksCluster> eksCluster(String cluster, FlagReader flags) {
        Optional<String> given = flags.givenMatching(
                EKS_CLUSTER_NAME, DeliveryConfig.EKS_NAME, "it must be the name of a cluster in EKS, " + EKS_NAME_RULE);
        return AwsConfig.region(flags).map(region -> new EksCluster(region, given.orElse(cluster)));
    }

    private static OperatorRole operatorRole(String rolePath, FlagReader flags) {
        OperatorRole role = OperatorRole.of(flags.matching(
                ROLE_NAME,
                "(?=.{1,512}$)(?:" + NAME + "+/)*" + NAME + "{1,64}",
                "it must be the name of a role, such as irsa-operator or platform/irsa-operator"));
        if (role.isUnder(rolePath)) {
            flags.problem(
                    ROLE_NAME,
                    flags.text(ROLE_NAME),
                    "it is under the path of the operator's roles, " + rolePath
                            + ", so that the operator could change its own role; change its path or --role-path");
        }
        return role;
    }

    /** Returns the ARNs of policies that the flag names one by one. */
    static List<String> policies(AwsAccount account, Flag flag, FlagReader flags) {
        return policies(account, flag, ONE_POLICY, "", flags);
    }

    private static List<String> policies(
            AwsAccount account, Flag flag, String name, String wildcards, FlagReader flags) {
        TreeSet<String> arns = new TreeSet<>(flags.texts(flag));
        arns.forEach(arn -> flags.matching(
                flag,
                arn,
                "arn:" + account.partition() + ":iam::(?:aws|" + account.id() + "):policy/" + name,
                "it must be the ARN" + wildcards + " of a managed policy of AWS or of --account, in --partition"));
        return List.copyOf(arns);
    }

    /** Returns the issuer. It becomes part of ARNs and condition keys, so it must not contain wildcards or variables. */
    private static Optional<Issuer> issuer(FlagReader flags) {
        Optional<String> issuer = ClusterConfig.issuer(flags);
        issuer.filter(url -> !TrustPolicy.isLiteral(url))
                .ifPresent(url -> flags.problem(ClusterConfig.OIDC_ISSUER, url, "it must not contain *, ? or $"));
        return issuer.map(Issuer::new);
    }

    /** Reports what is missing to know the cluster in EKS, which {@code what} requires. */
    static void requireEksCluster(PermissionScope scope, String what, FlagReader flags) {
        if (scope.eksCluster().isEmpty()) {
            flags.problem(AwsConfig.REGION, "", what + " requires the region of the cluster in EKS");
        } else if (flags.given(EKS_CLUSTER_NAME).isEmpty() && !scope.cluster().matches(DeliveryConfig.EKS_NAME)) {
            flags.problem(
                    EKS_CLUSTER_NAME,
                    "",
                    what + " requires the name of the cluster in EKS, " + EKS_NAME_RULE + ", and --cluster-name="
                            + scope.cluster() + " cannot be that name");
        }
    }
}
