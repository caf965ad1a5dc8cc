package dev.irsa.port;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.text.Documentation;
import java.util.Set;

/**
 * What the operator of a cluster publishes about itself.
 *
 * @param version of the operator
 * @param identity of the cluster, with the settings that decide what its roles look like
 * @param audiences that resources may use
 * @param namespaces that the operator watches; empty: all
 * @param dryRun whether the operator writes only status and events
 * @param assumesAgent whether the operator assumes that the nodes run the EKS Pod Identity Agent, without a look at the cluster
 * @param documentation that messages name
 */
public record OperatorSettings(
        String version,
        ClusterIdentity identity,
        Set<String> audiences,
        Set<String> namespaces,
        boolean dryRun,
        boolean assumesAgent,
        Documentation documentation) {
    public OperatorSettings {
        audiences = Set.copyOf(audiences);
        namespaces = Set.copyOf(namespaces);
    }

    /** Returns the same for roles in another account, below this path. */
    public OperatorSettings in(AwsAccount other, String path) {
        return new OperatorSettings(
                version, identity.in(other, path), audiences, namespaces, dryRun, assumesAgent, documentation);
    }

    /** Returns whether the operator watches this namespace. */
    public boolean watches(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }
}
