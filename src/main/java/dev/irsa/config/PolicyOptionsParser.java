package dev.irsa.config;

import dev.irsa.config.OperatorConfig.OidcProvider;
import dev.irsa.config.PolicyConfig.Output;
import dev.irsa.config.PolicyConfig.Trust;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.desired.TrustPolicy;
import dev.irsa.core.permissions.EksCluster;
import dev.irsa.core.permissions.OperatorRole;
import dev.irsa.core.permissions.PermissionScope;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Parses and validates the flags of {@code irsa-operator policy}. */
final class PolicyOptionsParser {
    /** A character of the names of roles and policies, and of the parts of their paths. */
    private static final String NAME = "[A-Za-z0-9+=,.@_-]";

    /** The name of one policy, with its path. */
    private static final String ONE_POLICY = "(?:" + NAME + "+/)*" + NAME + "+";

    /** The names of clusters in EKS. Source: CreateCluster of the "Amazon EKS API Reference". */
    private static final String EKS_NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,99}";

    private static final String EKS_NAME_RULE = "at most 100 letters, digits, '_' and '-'";

    private final PolicyOptions options;
    private final ConfigReader reading;

    PolicyOptionsParser(PolicyOptions options, ConfigReader reading) {
        this.options = options;
        this.reading = reading;
    }

    PolicyConfig config() {
        String cluster = ClusterOptionsParser.clusterName(options, reading);
        String account = reading.matching(
                "--account", options.account, "[0-9]{12}", "it must be the ID of the AWS account, 12 digits");
        String partition = reading.matching(
                "--partition",
                options.partition,
                "aws(?:-[a-z]+)*",
                "it must be a partition, such as aws, aws-cn or aws-us-gov");
        String rolePath = ClusterOptionsParser.rolePath(options, cluster, reading);
        OperatorRole itself = operatorRole(rolePath);
        AwsAccount where = new AwsAccount(partition, account, itself.name());
        PermissionScope scope = new PermissionScope(
                cluster,
                where,
                eksCluster(cluster),
                rolePath,
                ClusterOptionsParser.adoption(options, reading).outside(rolePath),
                policies(where, "--boundary-arn", options.boundaries, ONE_POLICY, ""),
                policies(
                        where,
                        "--allowed-policy-arn",
                        options.allowedPolicies,
                        "(?:" + NAME + "|[*?/])+",
                        ", with * and ?"),
                issuer(),
                ClusterOptionsParser.oidcProvider(options, reading) == OidcProvider.Create,
                reading.flag("--pod-identity", options.podIdentity),
                itself);
        String[] serviceAccount = reading.matching(
                        "--operator-service-account",
                        options.serviceAccount,
                        "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?/[a-z0-9][a-z0-9.-]{0,252}",
                        "it must be the namespace and the name of a ServiceAccount, such as irsa-operator/irsa-operator")
                .split("/", 2);
        Trust trust = reading.choice("--trust", options.trust, List.of("irsa", "pod-identity"))
                        .equals("irsa")
                ? Trust.IRSA
                : Trust.POD_IDENTITY;
        PolicyConfig config = new PolicyConfig(
                scope,
                serviceAccount[0],
                serviceAccount[serviceAccount.length - 1],
                roleBoundary(where),
                trust,
                output());
        requireInputs(config);
        return config;
    }

    private Optional<EksCluster> eksCluster(String cluster) {
        Optional<String> given = ConfigReader.given(options.eksClusterName);
        given.ifPresent(name -> reading.matching(
                "--eks-cluster-name", name, EKS_NAME, "it must be the name of a cluster in EKS, " + EKS_NAME_RULE));
        return ClusterOptionsParser.region(options, reading)
                .map(region -> new EksCluster(region, given.orElse(cluster)));
    }

    private OperatorRole operatorRole(String rolePath) {
        OperatorRole role = OperatorRole.of(reading.matching(
                "--role-name",
                options.roleName,
                "(?=.{1,512}$)(?:" + NAME + "+/)*" + NAME + "{1,64}",
                "it must be the name of a role, such as irsa-operator or platform/irsa-operator"));
        if (role.isUnder(rolePath)) {
            reading.problem(
                    "--role-name",
                    options.roleName,
                    "it is under the path of the operator's roles, " + rolePath
                            + ", so that the operator could change its own role; change its path or --role-path");
        }
        return role;
    }

    private List<String> policies(AwsAccount account, String flag, List<String> given, String name, String wildcards) {
        TreeSet<String> arns = new TreeSet<>(given);
        arns.forEach(arn -> reading.matching(
                flag,
                arn,
                "arn:" + account.partition() + ":iam::(?:aws|" + account.id() + "):policy/" + name,
                "it must be the ARN" + wildcards + " of a managed policy of AWS or of --account, in --partition"));
        return List.copyOf(arns);
    }

    private Optional<String> roleBoundary(AwsAccount account) {
        Optional<String> given = ConfigReader.given(options.roleBoundary);
        if (given.isPresent() && options.format.equals("json")) {
            reading.problem(
                    "--role-boundary-arn",
                    given.get(),
                    "--format=json prints no role; use --format=cloudformation or terraform, or pass the boundary to"
                            + " aws iam create-role --permissions-boundary");
        }
        return policies(account, "--role-boundary-arn", given.stream().toList(), ONE_POLICY, "").stream()
                .findFirst();
    }

    /** Returns the issuer. It becomes part of ARNs and condition keys, so it must not contain wildcards or variables. */
    private Optional<Issuer> issuer() {
        Optional<String> issuer = ClusterOptionsParser.issuer(options, reading);
        issuer.filter(url -> !TrustPolicy.isLiteral(url))
                .ifPresent(url -> reading.problem("--oidc-issuer", url, "it must not contain *, ? or $"));
        return issuer.map(Issuer::new);
    }

    private Output output() {
        String format = reading.choice("--format", options.format, List.of("json", "cloudformation", "terraform"));
        boolean trust = reading.choice("--print", options.print, List.of("permissions", "trust"))
                .equals("trust");
        if (trust && !format.equals("json")) {
            reading.problem("--print", options.print, "--format=" + format + " prints both documents; remove the flag");
        }
        return switch (format) {
            case "cloudformation" -> Output.CLOUDFORMATION;
            case "terraform" -> Output.TERRAFORM;
            default -> trust ? Output.TRUST : Output.PERMISSIONS;
        };
    }

    private void requireInputs(PolicyConfig config) {
        boolean trusts = config.output() != Output.PERMISSIONS;
        if (config.scope().issuer().isEmpty()) {
            if (config.scope().makesProvider()) {
                reading.problem("--oidc-issuer", "", "--oidc-provider=Create requires the issuer of the provider");
            } else if (trusts && config.trust() == Trust.IRSA) {
                reading.problem("--oidc-issuer", "", "the trust policy for IRSA requires the issuer");
            }
        }
        if (config.scope().makesAssociations()) {
            requireEksCluster(config.scope(), "--pod-identity");
        } else if (trusts && config.trust() == Trust.POD_IDENTITY) {
            requireEksCluster(config.scope(), "the trust policy for Pod Identity");
        }
    }

    private void requireEksCluster(PermissionScope scope, String what) {
        if (scope.eksCluster().isEmpty()) {
            reading.problem("--region", "", what + " requires the region of the cluster in EKS");
        } else if (ConfigReader.given(options.eksClusterName).isEmpty()
                && !scope.cluster().matches(EKS_NAME)) {
            reading.problem(
                    "--eks-cluster-name",
                    "",
                    what + " requires the name of the cluster in EKS, " + EKS_NAME_RULE + ", and --cluster-name="
                            + scope.cluster() + " cannot be that name");
        }
    }
}
