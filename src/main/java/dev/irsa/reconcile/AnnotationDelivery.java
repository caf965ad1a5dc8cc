package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.Management;
import dev.irsa.api.v1alpha1.ServiceAccountStatus;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.core.plan.ServiceAccountPlanner;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.status.Progress;
import java.util.Optional;

/** Finds out what a ServiceAccount needs, by what a watch has shown of it. */
final class AnnotationDelivery {
    private final Cluster cluster;

    AnnotationDelivery(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The way to one that points at the role. */
    Plan point(IamServiceAccount resource, DesiredServiceAccount desired) {
        return ServiceAccountPlanner.point(
                desired,
                observed(resource, desired),
                PreviousStatus.ref(resource).uid());
    }

    /** What the status tells of one that points at the role; empty where it is none of ours. */
    Optional<ServiceAccountStatus> status(
            IamServiceAccount resource, DesiredServiceAccount desired, Progress progress) {
        if (desired.management() == Management.Ignore) {
            return Optional.empty();
        }
        boolean madeNow =
                progress.done().stream().anyMatch(ServiceAccountChange.CreateServiceAccount.class::isInstance);
        boolean made = observed(resource, desired) instanceof ObservedServiceAccount.Present present
                && present.owners().contains(PreviousStatus.ref(resource).uid());
        return Optional.of(new ServiceAccountStatus(desired.name(), madeNow || made));
    }

    private ObservedServiceAccount observed(IamServiceAccount resource, DesiredServiceAccount desired) {
        return cluster.serviceAccount(PreviousStatus.ref(resource).namespace(), desired.name());
    }
}
