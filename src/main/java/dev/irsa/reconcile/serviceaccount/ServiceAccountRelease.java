package dev.irsa.reconcile.serviceaccount;

import dev.irsa.core.delivery.ServiceAccountPlanner;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.Run;
import java.util.TreeSet;

/** Releases the ServiceAccounts of a resource that is being deleted: withdraws the role from them, or hands them over. */
public final class ServiceAccountRelease {
    private final Cluster cluster;
    private final SharedServiceAccountResolver serviceAccounts;

    public ServiceAccountRelease(Cluster cluster, SharedServiceAccountResolver serviceAccounts) {
        this.cluster = cluster;
        this.serviceAccounts = serviceAccounts;
    }

    /**
     * Releases the ServiceAccounts from the role with this ARN, or from the role of others that the status names. Those that the
     * status does not name are released only if they are annotated with the role, or were created for this resource: they may
     * belong to another resource. One with the name of the resource belongs to it as if the status named it.
     */
    public Applied release(Run run, String roleArn) {
        TreeSet<String> recorded = new TreeSet<>(run.delivery().history().ways().keySet());
        run.previous().serviceAccounts().forEach(account -> recorded.add(account.name()));
        TreeSet<String> all = new TreeSet<>(recorded);
        all.addAll(Desired.serviceAccountNames(run.ref().name(), run.resource().getSpec()));
        Applied released = Applied.NONE;
        for (String name : all) {
            boolean known = recorded.contains(name) || name.equals(run.ref().name());
            released = released.then(() -> release(run, roleArn, name, known));
        }
        return released;
    }

    /**
     * Releases a ServiceAccount as the watch shows it. The watch may be late: if it shows nothing to release, or a version that has
     * changed since, the ServiceAccount is read from the API server.
     */
    private Applied release(Run run, String roleArn, String name, boolean recorded) {
        String namespace = run.ref().namespace();
        Applied released = release(run, roleArn, name, recorded, cluster.serviceAccount(namespace, name));
        boolean mayBeLate = released.failure()
                .map(failure -> failure.reason() == Reason.Reconciling)
                .orElse(released.changes().isEmpty());
        return mayBeLate ? release(run, roleArn, name, recorded, cluster.serviceAccountNow(namespace, name)) : released;
    }

    private Applied release(Run run, String roleArn, String name, boolean recorded, ObservedServiceAccount observed) {
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
