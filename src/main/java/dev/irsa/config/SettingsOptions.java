package dev.irsa.config;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.port.OperatorSettings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The flags of {@code irsa-operator run} that decide about roles and ServiceAccounts. A command for people takes the settings that
 * the operator has published, and replaces those that are given.
 */
public final class SettingsOptions {
    @Option(
            names = "--cluster-name",
            paramLabel = "NAME",
            description = "Name of the cluster. Default: as the operator has it")
    @Nullable
    String clusterName;

    @Option(
            names = "--role-path",
            paramLabel = "PATH",
            description = "IAM path of all roles. Default: as the operator has it")
    @Nullable
    String rolePath;

    @Option(
            names = "--adoption-path",
            paramLabel = "PATH",
            split = ",",
            description =
                    "IAM path under which the operator may adopt roles. Repeatable. Default: as the operator has it")
    @Nullable
    List<String> adoptionPaths;

    @Option(
            names = "--adoption-role",
            paramLabel = "PATTERN",
            split = ",",
            description = "Path and name, in which * matches any characters, of roles that the operator may adopt."
                    + " Repeatable. Default: as the operator has it")
    @Nullable
    List<String> adoptionRoles;

    @Option(
            names = "--role-tags",
            paramLabel = "KEY=VALUE",
            split = ",",
            description = "Tags of every role. Repeatable. Default: as the operator has it")
    @Nullable
    List<String> roleTags;

    @Option(
            names = "--protected-policies",
            paramLabel = "ARN",
            split = ",",
            description = "Managed policies that are never detached. Repeatable. Default: as the operator has it")
    @Nullable
    List<String> protectedPolicies;

    @Option(
            names = "--managed-policies-per-role",
            paramLabel = "N",
            description = "Quota of managed policies per role. Default: as the operator has it")
    @Nullable
    String managedPoliciesPerRole;

    @Option(
            names = "--default-delivery",
            paramLabel = "DELIVERY",
            split = ",",
            description =
                    "How pods obtain credentials if spec.delivery is not set. Repeatable. Default: as the operator has it")
    @Nullable
    List<String> defaultDelivery;

    @Option(
            names = "--trust-policy-quota",
            paramLabel = "N",
            description = "Maximum length of a trust policy. Default: as the operator has it")
    @Nullable
    String trustPolicyQuota;

    @Option(
            names = "--pod-identity-agent",
            paramLabel = "detect|assume",
            description = "Whether the operator looks for the EKS Pod Identity Agent. Default: as the operator has it")
    @Nullable
    String podIdentityAgent;

    @Option(
            names = "--audiences",
            paramLabel = "AUDIENCE",
            split = ",",
            description = "Audiences that resources may use. Repeatable. Default: as the operator has it")
    @Nullable
    List<String> audiences;

    @Option(
            names = "--previous-cluster-id",
            paramLabel = "UID",
            split = ",",
            description = "Clusters that this cluster replaces. Repeatable. Default: as the operator has it")
    @Nullable
    List<String> previousClusterIds;

    @Option(
            names = "--previous-issuer",
            paramLabel = "URL",
            split = ",",
            description = "Previous issuers of this cluster. Repeatable. Default: as the operator has it")
    @Nullable
    List<String> previousIssuers;

    @Option(
            names = "--watch-namespace",
            paramLabel = "NAMESPACE",
            split = ",",
            description = "Namespaces that the operator watches. Repeatable. Default: as the operator has it")
    @Nullable
    List<String> watchNamespaces;

    /**
     * Returns the settings with the flags that are given. The operator parses and validates them in the same way.
     *
     * @throws InvalidConfiguration with all problems
     */
    public OperatorSettings override(OperatorSettings published) throws InvalidConfiguration {
        if (isEmpty()) {
            return published;
        }
        OperatorConfig config = OperatorConfig.of(PublishedFlags.replacedBy(this, published), false, Optional.empty());
        ClusterIdentity cluster = published.identity();
        return new OperatorSettings(
                published.version(),
                new ClusterIdentity(
                        config.clusterName(),
                        cluster.id(),
                        cluster.issuer(),
                        cluster.account().withManagedPoliciesPerRole(config.managedPoliciesPerRole()),
                        cluster.oidcProvider(),
                        config.rolePath(),
                        config.adoption(),
                        config.previousClusters(),
                        config.roleTags(),
                        config.protectedPolicies(),
                        cluster.delivery()
                                .with(
                                        config.delivery().defaultDelivery(),
                                        config.delivery().trustPolicyQuota())),
                config.audiences(),
                config.watchNamespaces(),
                published.dryRun(),
                config.delivery().assumeAgent());
    }

    private boolean isEmpty() {
        return Stream.of(
                        clusterName,
                        rolePath,
                        adoptionPaths,
                        adoptionRoles,
                        roleTags,
                        protectedPolicies,
                        managedPoliciesPerRole,
                        defaultDelivery,
                        trustPolicyQuota,
                        podIdentityAgent,
                        audiences,
                        previousClusterIds,
                        previousIssuers,
                        watchNamespaces)
                .allMatch(Objects::isNull);
    }
}
