package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.AdditionalServiceAccountStatus;
import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.Delivery;
import java.util.List;

/**
 * What a status says about how pods obtain credentials.
 *
 * @param kinds the ways that the spec asks for, or that are the default
 * @param associations those that the resource has
 * @param additional the additional ServiceAccounts for which the operator may have changed anything
 */
public record DeliveryReport(
        List<Delivery> kinds, List<AssociationStatus> associations, List<AdditionalServiceAccountStatus> additional) {
    /** Creates the report of a resource with one ServiceAccount. */
    public DeliveryReport(List<Delivery> kinds, List<AssociationStatus> associations) {
        this(kinds, associations, List.of());
    }

    public DeliveryReport {
        kinds = kinds.stream().sorted().toList();
        associations = List.copyOf(associations);
        additional = List.copyOf(additional);
    }
}
