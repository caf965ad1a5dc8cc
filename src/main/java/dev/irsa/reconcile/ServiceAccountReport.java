package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.Management;
import dev.irsa.api.v1alpha1.ServiceAccountStatus;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.port.Cluster;
import java.util.List;
import java.util.Optional;

/** What the status says about the ServiceAccount. */
final class ServiceAccountReport {
    private ServiceAccountReport() {}

    /**
     * Returns the report.
     *
     * @param changes what the reconcile changed, which the cache may not show yet
     * @return empty if the user manages the ServiceAccount
     */
    static Optional<ServiceAccountStatus> of(
            ReconcileRequest request, DesiredServiceAccount desired, List<Change> changes, Cluster cluster) {
        if (desired.management() == Management.Ignore) {
            return Optional.empty();
        }
        boolean createdNow = changes.stream().anyMatch(CreateServiceAccount.class::isInstance);
        boolean created = cluster.serviceAccount(request.ref().namespace(), desired.name())
                        instanceof ObservedServiceAccount.Present present
                && present.owners().contains(request.ref().uid());
        return Optional.of(new ServiceAccountStatus(desired.name(), createdNow || created));
    }
}
