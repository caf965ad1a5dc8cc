package dev.irsa.reconcile.serviceaccount;

import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.Management;
import dev.irsa.api.v1beta1.ServiceAccountStatus;
import dev.irsa.core.delivery.AssociationState;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.port.ClusterReads;
import dev.irsa.reconcile.association.AssociationObserver;
import dev.irsa.reconcile.run.Run;
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

    /** Returns what the status says about the delivery after these changes. */
    public static DeliveryReport delivery(Run run, Desired.Valid desired, List<Change> changes, ClusterReads cluster) {
        Stream<AssociationStatus> wanted = desired.serviceAccounts().stream()
                .flatMap(account -> association(account.name(), Optional.empty(), run).stream());
        Stream<AssociationStatus> removed = run.delivery().history().removed(desired).keySet().stream()
                .flatMap(name -> association(name, AssociationObserver.recorded(run.previous(), name), run).stream());
        return new DeliveryReport(
                List.copyOf(desired.delivery().kinds()),
                Stream.concat(wanted, removed).toList(),
                serviceAccounts(run, desired, changes, cluster));
    }

    /**
     * Returns what the status says about the delivery of a role that others manage.
     *
     * @param changes what the reconcile changed, which the cache may not show yet
     */
    public static DeliveryReport ofExternal(
            Run run, DesiredServiceAccount desired, List<Change> changes, ClusterReads cluster) {
        return new DeliveryReport(
                List.of(Delivery.IRSA),
                List.of(),
                List.of(new ServiceAccountStatus(
                        desired.name(), isCreated(run, desired.name(), changes, cluster), List.of(Delivery.IRSA))));
    }

    /** Returns what the status says about the delivery of a frozen role, which has got no more ServiceAccounts. */
    public static DeliveryReport ofFrozen(Run run, Desired.Valid desired, List<Change> changes, ClusterReads cluster) {
        Set<String> named = new TreeSet<>(run.delivery().history().ways().keySet());
        desired.serviceAccounts().forEach(account -> named.add(account.name()));
        return new DeliveryReport(
                run.previous().delivery(),
                run.previous().associations().stream()
                        .filter(association -> named.contains(association.serviceAccount()))
                        .toList(),
                serviceAccounts(run, new TreeMap<>(run.delivery().history().ways()), changes, cluster));
    }

    private static Optional<AssociationStatus> association(
            String serviceAccount, Optional<AssociationState> recorded, Run run) {
        Optional<AssociationState> known = run.delivery().history().association(serviceAccount);
        return known.or(() -> recorded).flatMap(now -> switch (now) {
            case AssociationState.Recorded(String id, String arn) ->
                Optional.of(new AssociationStatus(serviceAccount, id, arn));
            case AssociationState.Ours(var ours, var shown) ->
                Optional.of(new AssociationStatus(serviceAccount, ours.id(), ours.arn()));
            case AssociationState.None none -> Optional.empty();
            case AssociationState.Foreign foreign -> Optional.empty();
        });
    }

    /**
     * Returns the ServiceAccounts for which anything may have been changed, or will be after the status is written. There
     * is no room for more while too many that were removed from the spec are not released.
     */
    private static List<ServiceAccountStatus> serviceAccounts(
            Run run, Desired.Valid desired, List<Change> changes, ClusterReads cluster) {
        TreeMap<String, Set<Delivery>> ways =
                new TreeMap<>(run.delivery().history().ways());
        if (run.mayWrite()) {
            desired.serviceAccounts().stream()
                    // Nothing is changed for a ServiceAccount that the user manages, unless it gets an association.
                    .filter(account -> account.management() != Management.Ignore
                            || desired.delivery().uses(Delivery.PodIdentity))
                    .map(DesiredServiceAccount::name)
                    .filter(name ->
                            ways.containsKey(name) || ways.size() < IamServiceAccountStatus.MAX_SERVICE_ACCOUNTS)
                    .forEach(name -> ways.merge(name, desired.delivery().kinds(), ServiceAccountReport::union));
        }
        return serviceAccounts(run, ways, changes, cluster);
    }

    private static List<ServiceAccountStatus> serviceAccounts(
            Run run, SortedMap<String, Set<Delivery>> ways, List<Change> changes, ClusterReads cluster) {
        return ways.entrySet().stream()
                .map(account -> new ServiceAccountStatus(
                        account.getKey(),
                        isCreated(run, account.getKey(), changes, cluster),
                        List.copyOf(account.getValue())))
                .toList();
    }

    private static Set<Delivery> union(Set<Delivery> one, Set<Delivery> other) {
        EnumSet<Delivery> all = EnumSet.noneOf(Delivery.class);
        all.addAll(one);
        all.addAll(other);
        return all;
    }

    private static boolean isCreated(Run run, String serviceAccount, List<Change> changes, ClusterReads cluster) {
        boolean createdNow = changes.stream()
                .anyMatch(change -> change instanceof CreateServiceAccount create
                        && create.name().equals(serviceAccount));
        boolean created = cluster.serviceAccount(run.ref().namespace(), serviceAccount)
                        instanceof ObservedServiceAccount.Present present
                && present.owners().contains(run.ref().uid());
        return createdNow || created;
    }
}
