package dev.irsa.reconcile.role;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredDelivery;
import dev.irsa.core.desired.SessionTagSize;
import java.util.List;
import java.util.stream.Stream;

/** States that pods may get no credentials because the names in the session tags of EKS Pod Identity are too long. */
public final class SessionTagRemarks {
    private SessionTagRemarks() {}

    /** Returns these remarks and those about the session tags. */
    public static List<String> after(List<String> remarks, Desired.Valid desired) {
        DesiredDelivery delivery = desired.delivery();
        if (!delivery.uses(Delivery.PodIdentity)) {
            return remarks;
        }
        Stream<String> warnings = delivery.terms().eksClusterArn().stream()
                .flatMap(cluster -> desired.serviceAccounts().stream()
                        .flatMap(account -> SessionTagSize.warning(
                                cluster, delivery.terms().namespace(), account.name(), SessionTagSize.USUAL_POD_NAME)
                                .stream()))
                .map(warning ->
                        warning + "; if pods get no credentials, choose shorter names or set spec.delivery to [IRSA]");
        return Stream.concat(remarks.stream(), warnings).toList();
    }
}
