package dev.irsa.port;

import dev.irsa.api.v1alpha1.AssociationStatus;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.desired.Desired;
import java.util.List;
import java.util.stream.Stream;

/** Which resources name a ServiceAccount. */
public final class ServiceAccountClaims {
    private ServiceAccountClaims() {}

    /** Returns those of the resources of one namespace that name the ServiceAccount, first or in addition. */
    public static List<IamServiceAccount> in(List<IamServiceAccount> resources, String serviceAccount) {
        return resources.stream()
                .filter(resource -> Desired.serviceAccountNames(
                                resource.getMetadata().getName(), resource.getSpec())
                        .contains(serviceAccount))
                .toList();
    }

    /** Returns the ServiceAccounts that the resource has an association for, by its status. */
    public static List<String> associated(IamServiceAccount resource) {
        return Stream.ofNullable(resource.getStatus())
                .flatMap(status -> Stream.ofNullable(status.podIdentity()))
                .flatMap(podIdentity -> podIdentity.associations().stream())
                .map(AssociationStatus::serviceAccount)
                .toList();
    }
}
