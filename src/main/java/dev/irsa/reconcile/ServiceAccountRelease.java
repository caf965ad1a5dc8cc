package dev.irsa.reconcile;

import dev.irsa.core.delivery.CredentialDelivery;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Releases the ServiceAccount of a resource that is being deleted: withdraws the role from it, or hands it over. */
final class ServiceAccountRelease {
    private final Cluster cluster;
    private final SharedServiceAccountResolver serviceAccounts;
    private final CredentialDelivery delivery;

    ServiceAccountRelease(Cluster cluster, SharedServiceAccountResolver serviceAccounts, CredentialDelivery delivery) {
        this.cluster = cluster;
        this.serviceAccounts = serviceAccounts;
        this.delivery = delivery;
    }

    /** Releases the ServiceAccount from the role with this ARN, or from the role of others that the status names. */
    Applied release(ReconcileRequest request, String roleArn) {
        List<Change> done = new ArrayList<>();
        try {
            String name = Desired.serviceAccountName(
                    request.ref().name(), request.resource().getSpec());
            // The watch may not show an annotation yet that was written without a response.
            var observed = cluster.serviceAccountNow(request.ref().namespace(), name);
            Plan plan = delivery.withdraw(
                    name,
                    delivered(request, roleArn, observed),
                    observed,
                    request.ref().uid(),
                    serviceAccounts.successor(request.resource()));
            for (Change change : plan.changes()) {
                cluster.apply(request.ref(), (ServiceAccountChange) change);
                done.add(change);
            }
            return new Applied(done, Optional.empty(), Optional.empty());
        } catch (RuntimeException e) {
            return new Applied(done, Optional.empty(), Optional.of(StepFailures.of(e)));
        }
    }

    /** The spec may name another role of others by now than the ServiceAccount is annotated with. */
    private String delivered(ReconcileRequest request, String roleArn, ObservedServiceAccount observed) {
        return request.previous()
                .externalRole()
                .filter(earlier -> delivery.isDelivered(earlier, observed))
                .orElse(roleArn);
    }
}
