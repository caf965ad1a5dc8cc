package dev.irsa.reconcile.serviceaccount;

import dev.irsa.api.v1alpha1.AdditionalServiceAccountStatus;
import dev.irsa.api.v1alpha1.AssociationStatus;
import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.api.v1alpha1.Management;
import dev.irsa.api.v1alpha1.ServiceAccountStatus;
import dev.irsa.core.delivery.KnownAssociation;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.association.AssociationObserver;
import dev.irsa.reconcile.memory.ResourceState;
import dev.irsa.reconcile.run.ReconcileRequest;
import dev.irsa.reconcile.status.DeliveryReport;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the status says about the ServiceAccounts and how pods obtain the credentials of the role. */
public final class ServiceAccountReport {
    private ServiceAccountReport() {}

    /**
     * Returns the report.
     *
     * @param changes what the reconcile changed, which the cache may not show yet
     * @return empty if the user manages the ServiceAccount
     */
    public static Optional<ServiceAccountStatus> of(
            ReconcileRequest request, DesiredServiceAccount desired, List<Change> changes, Cluster cluster) {
        if (desired.management() == Management.Ignore) {
            return Optional.empty();
        }
        return Optional.of(
                new ServiceAccountStatus(desired.name(), isCreated(request, desired.name(), changes, cluster)));
    }

    /** Returns what the status says about the delivery after these changes. */
    public static DeliveryReport delivery(
            ReconcileRequest request,
            Desired.Valid desired,
            List<Change> changes,
            Cluster cluster,
            ResourceState state) {
        Stream<AssociationStatus> wanted = desired.serviceAccounts().stream()
                .flatMap(account -> association(account.name(), Optional.empty(), state).stream());
        Stream<AssociationStatus> removed = state.delivery().history().removed(desired).keySet().stream()
                .flatMap(name ->
                        association(name, AssociationObserver.recorded(request.previous(), name), state).stream());
        return new DeliveryReport(
                List.copyOf(desired.delivery().kinds()),
                Stream.concat(wanted, removed).toList(),
                additional(request, desired, changes, cluster, state));
    }

    /** Returns what the status says about the delivery of a frozen role, which has got no more ServiceAccounts. */
    public static DeliveryReport ofFrozen(
            ReconcileRequest request,
            Desired.Valid desired,
            List<Change> changes,
            Cluster cluster,
            ResourceState state) {
        Set<String> named =
                new TreeSet<>(state.delivery().history().additional().keySet());
        named.add(desired.serviceAccount().name());
        return new DeliveryReport(
                request.previous().delivery(),
                request.previous().associations().stream()
                        .filter(association -> named.contains(association.serviceAccount()))
                        .toList(),
                additional(request, new TreeMap<>(state.delivery().history().additional()), changes, cluster));
    }

    private static Optional<AssociationStatus> association(
            String serviceAccount, Optional<KnownAssociation> recorded, ResourceState state) {
        Optional<KnownAssociation> known = state.delivery().history().association(serviceAccount);
        return known.or(() -> recorded).flatMap(now -> switch (now) {
            case KnownAssociation.Recorded(String id, String arn) ->
                Optional.of(new AssociationStatus(serviceAccount, id, arn));
            case KnownAssociation.Ours(var ours, var shown) ->
                Optional.of(new AssociationStatus(serviceAccount, ours.id(), ours.arn()));
            case KnownAssociation.None none -> Optional.empty();
            case KnownAssociation.Foreign foreign -> Optional.empty();
        });
    }

    /**
     * Returns the additional ServiceAccounts for which anything may have been changed, or will be after the status is written. There
     * is no room for more while too many that were removed from the spec are not released.
     */
    private static List<AdditionalServiceAccountStatus> additional(
            ReconcileRequest request,
            Desired.Valid desired,
            List<Change> changes,
            Cluster cluster,
            ResourceState state) {
        TreeMap<String, Set<Delivery>> ways =
                new TreeMap<>(state.delivery().history().additional());
        if (request.mayWrite()) {
            desired.additional().stream()
                    .map(DesiredServiceAccount::name)
                    .filter(name -> ways.containsKey(name)
                            || ways.size() < IamServiceAccountStatus.MAX_ADDITIONAL_SERVICE_ACCOUNTS)
                    .forEach(name -> ways.merge(name, desired.delivery().kinds(), ServiceAccountReport::union));
        }
        return additional(request, ways, changes, cluster);
    }

    private static List<AdditionalServiceAccountStatus> additional(
            ReconcileRequest request, SortedMap<String, Set<Delivery>> ways, List<Change> changes, Cluster cluster) {
        return ways.entrySet().stream()
                .map(account -> new AdditionalServiceAccountStatus(
                        account.getKey(),
                        isCreated(request, account.getKey(), changes, cluster),
                        List.copyOf(account.getValue())))
                .toList();
    }

    private static Set<Delivery> union(Set<Delivery> one, Set<Delivery> other) {
        EnumSet<Delivery> all = EnumSet.noneOf(Delivery.class);
        all.addAll(one);
        all.addAll(other);
        return all;
    }

    private static boolean isCreated(
            ReconcileRequest request, String serviceAccount, List<Change> changes, Cluster cluster) {
        boolean createdNow = changes.stream()
                .anyMatch(change -> change instanceof CreateServiceAccount create
                        && create.name().equals(serviceAccount));
        boolean created = cluster.serviceAccount(request.ref().namespace(), serviceAccount)
                        instanceof ObservedServiceAccount.Present present
                && present.owners().contains(request.ref().uid());
        return createdNow || created;
    }
}
