package dev.irsa.config;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.policy.Glob;
import dev.irsa.port.OperatorSettings;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Derives the flags of an operator from the settings that it has published. */
final class PublishedFlags {
    private PublishedFlags() {}

    /** Returns the flags with which the operator would have these settings, except for those that are given. */
    static RunOptions replacedBy(SettingsOptions given, OperatorSettings published) {
        ClusterIdentity cluster = published.identity();
        RunOptions flags = new RunOptions();
        flags.clusterName = or(given.clusterName, cluster.name());
        flags.rolePath = or(given.rolePath, cluster.rolePath());
        flags.adoptionPaths = or(given.adoptionPaths, cluster.adoption().paths());
        flags.adoptionRoles = or(given.adoptionRoles, cluster.adoption().roleTexts());
        flags.role.roleTags = or(
                given.roleTags,
                cluster.roleTags().tags().entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .toList());
        flags.role.protectedPolicies = or(
                given.protectedPolicies,
                cluster.protectedPolicies().configured().stream()
                        .map(Glob::pattern)
                        .toList());
        flags.role.managedPoliciesPerRole = or(
                given.managedPoliciesPerRole, String.valueOf(cluster.account().managedPoliciesPerRole()));
        flags.delivery.defaultDelivery = or(
                given.defaultDelivery,
                cluster.delivery().defaultDelivery().stream().map(Enum::name).toList());
        flags.delivery.trustPolicyQuota =
                or(given.trustPolicyQuota, String.valueOf(cluster.delivery().trustPolicyQuota()));
        flags.delivery.podIdentityAgent = or(given.podIdentityAgent, published.assumesAgent() ? "assume" : "detect");
        flags.delivery.eksClusterName = cluster.delivery()
                .eksClusterArn()
                .map(arn -> arn.substring(arn.indexOf('/') + 1))
                .orElse(null);
        flags.audiences = or(given.audiences, published.audiences());
        flags.previousClusterIds =
                or(given.previousClusterIds, cluster.previousClusters().clusterIds());
        flags.previousIssuers =
                or(given.previousIssuers, cluster.previousClusters().issuers());
        flags.watchNamespaces = or(given.watchNamespaces, published.namespaces());
        return flags;
    }

    private static String or(@Nullable String flag, String published) {
        return Objects.requireNonNullElse(flag, published);
    }

    private static List<String> or(@Nullable List<String> flag, Collection<String> published) {
        return flag == null ? List.copyOf(published) : flag;
    }
}
