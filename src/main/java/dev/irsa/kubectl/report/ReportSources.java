package dev.irsa.kubectl.report;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.kubectl.access.AccessInventory;
import java.util.List;
import java.util.Optional;

/**
 * What a report is computed from.
 *
 * @param namespace that the user asks about; empty: all namespaces
 * @param resources the IamServiceAccounts of the scope
 * @param notShown what could not be read of the cluster, each with its reason
 * @param issuer the issuer of the cluster's tokens without its scheme
 * @param operator the cluster as its operator publishes it; empty if there is none, or its settings cannot be read
 */
public record ReportSources(
        Optional<String> namespace,
        AccessInventory access,
        List<IamServiceAccount> resources,
        List<String> notShown,
        String issuer,
        Optional<ClusterIdentity> operator) {
    public ReportSources {
        notShown = List.copyOf(notShown);
        resources = List.copyOf(resources);
    }

    /** Returns the same with who can use which roles. */
    public ReportSources with(AccessInventory known) {
        return new ReportSources(namespace, known, resources, notShown, issuer, operator);
    }
}
