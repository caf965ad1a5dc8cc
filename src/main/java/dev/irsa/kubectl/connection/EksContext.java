package dev.irsa.kubectl.connection;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.port.OperatorSettings;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An EKS cluster, as the settings of the operator or the kubeconfig name it. {@code aws eks update-kubeconfig} names clusters by
 * their ARN, {@code eksctl} by name and region.
 *
 * @param account of the cluster; empty if it is not known
 * @param isCertain whether the cluster is in EKS; the operator has a name in EKS for every cluster
 */
public record EksContext(String name, String region, Optional<String> account, boolean isCertain) {
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:eks:([a-z0-9-]+):([0-9]{12}):cluster/([^/]+)");
    private static final Pattern EKSCTL = Pattern.compile("(.+)\\.([a-z0-9-]+)\\.eksctl\\.io");

    /** Returns empty if the name of the cluster says nothing about EKS. */
    public static Optional<EksContext> of(Config kubeconfig) {
        return Optional.ofNullable(kubeconfig.getCurrentContext())
                .map(NamedContext::getContext)
                .flatMap(context -> Optional.ofNullable(context.getCluster()))
                .flatMap(EksContext::parse);
    }

    /** Returns the cluster that the settings of the operator name; empty if they name no region. */
    public static Optional<EksContext> of(OperatorSettings settings) {
        ClusterIdentity cluster = settings.identity();
        return cluster.delivery()
                .eksClusterArn()
                .flatMap(EksContext::parse)
                .map(named -> new EksContext(
                        named.name(),
                        named.region(),
                        named.account(),
                        cluster.issuer().eksRegion().isPresent()));
    }

    static Optional<EksContext> parse(String cluster) {
        Matcher arn = ARN.matcher(cluster);
        if (arn.matches()) {
            return Optional.of(new EksContext(arn.group(3), arn.group(1), Optional.of(arn.group(2)), true));
        }
        Matcher eksctl = EKSCTL.matcher(cluster);
        return eksctl.matches()
                ? Optional.of(new EksContext(eksctl.group(1), eksctl.group(2), Optional.empty(), true))
                : Optional.empty();
    }
}
