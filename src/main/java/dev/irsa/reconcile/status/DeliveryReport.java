package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.ServiceAccountStatus;
import java.util.List;

/**
 * What a status says about how pods obtain credentials.
 *
 * @param kinds the ways that the spec asks for, or that are the default
 * @param associations those that the resource has
 * @param serviceAccounts those for which the operator may have changed anything
 */
public record DeliveryReport(
        List<Delivery> kinds, List<AssociationStatus> associations, List<ServiceAccountStatus> serviceAccounts) {
    public DeliveryReport {
        kinds = kinds.stream().sorted().toList();
        associations = List.copyOf(associations);
        serviceAccounts = List.copyOf(serviceAccounts);
    }
}
