package dev.irsa.reconcile.serviceaccount;

import dev.irsa.core.delivery.ServiceAccountPlanner;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.Run;
import java.util.Set;

/** Releases the ServiceAccounts of a resource that is being deleted: withdraws the role from them, or hands them over. */
public final class ServiceAccountRelease {
    private final Cluster cluster;
    private final SharedServiceAccountResolver serviceAccounts;

    public ServiceAccountRelease(Cluster cluster, SharedServiceAccountResolver serviceAccounts) {
        this.cluster = cluster;
        this.serviceAccounts = serviceAccounts;
    }

    /**
     * Releases the ServiceAccounts from the role with this ARN, or from the role of others that the status names.
     *
     * @param recorded the names of those beside the first one that the status names. Others of the spec are released only if they
     *     are annotated with the role, or were created for this resource: they may belong to another resource
     */
    public Applied release(Run run, String roleArn, Set<String> recorded) {
        String first =
                Desired.serviceAccountName(run.ref().name(), run.resource().getSpec());
        Applied released = Applied.attempt(() -> release(run, roleArn, first, true));
        for (String name : recorded) {
            released = released.then(() -> release(run, roleArn, name, true));
        }
        for (String name : run.resource().getSpec().serviceAccount().additional()) {
            released = recorded.contains(name) ? released : released.then(() -> release(run, roleArn, name, false));
        }
        return released;
    }

    private Applied release(Run run, String roleArn, String name, boolean recorded) {
        // The watch may not show an annotation yet that was written without a response.
        var observed = cluster.serviceAccountNow(run.ref().namespace(), name);
        if (!recorded && !isOurs(run, roleArn, observed)) {
            return Applied.NONE;
        }
        String role = delivered(run, roleArn, observed);
        Plan plan = ServiceAccountPlanner.withdraw(
                name,
                serviceAccounts.isDeliveredByAnother(run.resource(), name, role)
                        ? SharedServiceAccountResolver.NO_ROLE
                        : role,
                observed,
                run.ref().uid(),
                serviceAccounts.successor(run.resource(), name));
        return Applied.each(plan.changes(), change -> cluster.apply(run.ref(), (ServiceAccountChange) change));
    }

    private boolean isOurs(Run run, String roleArn, ObservedServiceAccount observed) {
        return ServiceAccountPlanner.isDelivered(roleArn, observed)
                || (observed instanceof ObservedServiceAccount.Present present
                        && present.owners().contains(run.ref().uid()));
    }

    /** The spec may name another role of others by now than the ServiceAccount is annotated with. */
    private String delivered(Run run, String roleArn, ObservedServiceAccount observed) {
        return run.previous()
                .externalRole()
                .filter(earlier -> ServiceAccountPlanner.isDelivered(earlier, observed))
                .orElse(roleArn);
    }
}
