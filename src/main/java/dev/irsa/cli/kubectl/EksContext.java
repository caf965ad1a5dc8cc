package dev.irsa.cli.kubectl;

import dev.irsa.port.OperatorSettings;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An EKS cluster, as the settings of the operator or the kubeconfig name it. {@code aws eks update-kubeconfig} names clusters by
 * their ARN, {@code eksctl} by name and region.
 */
record EksContext(String name, String region) {
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:eks:([a-z0-9-]+):[0-9]{12}:cluster/([^/]+)");
    private static final Pattern EKSCTL = Pattern.compile("(.+)\\.([a-z0-9-]+)\\.eksctl\\.io");

    /** Returns empty if the name of the cluster says nothing about EKS. */
    static Optional<EksContext> of(Config kubeconfig) {
        return Optional.ofNullable(kubeconfig.getCurrentContext())
                .map(NamedContext::getContext)
                .flatMap(context -> Optional.ofNullable(context.getCluster()))
                .flatMap(EksContext::parse);
    }

    /** Returns the cluster that the settings of the operator name; empty if it is not in EKS. */
    static Optional<EksContext> of(OperatorSettings settings) {
        return settings.identity().delivery().eksClusterArn().flatMap(EksContext::parse);
    }

    static Optional<EksContext> parse(String cluster) {
        Matcher arn = ARN.matcher(cluster);
        if (arn.matches()) {
            return Optional.of(new EksContext(arn.group(2), arn.group(1)));
        }
        Matcher eksctl = EKSCTL.matcher(cluster);
        return eksctl.matches() ? Optional.of(new EksContext(eksctl.group(1), eksctl.group(2))) : Optional.empty();
    }
}
