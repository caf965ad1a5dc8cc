package dev.irsa.core.delivery;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.Management;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.DiscardServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.ReleaseServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.Successor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Plans the annotations of a ServiceAccount, and their withdrawal. It also words what users read about the delivery of a
 * role.
 */
public final class ServiceAccountPlanner {
    private static final String ROLE_ARN = DesiredServiceAccount.ROLE_ARN;

    private ServiceAccountPlanner() {}

    /**
     * Plans how the role is delivered to the ServiceAccount.
     *
     * @param owner UID of the resource
     */
    public static Plan deliver(
            DesiredServiceAccount desired, String namespace, ObservedServiceAccount observed, String owner) {
        if (desired.management() == Management.Ignore) {
            return Plan.NOTHING;
        }
        return switch (observed) {
            case ObservedServiceAccount.Absent() ->
                desired.management() == Management.CreateOrAnnotate
                        ? Plan.of(List.of(new CreateServiceAccount(desired.name(), desired.annotations())))
                        : Plan.refused(Failure.serviceAccountMissing(desired.name()));
            case ObservedServiceAccount.Present present ->
                annotate(desired, namespace, present, present.owners().contains(owner));
        };
    }

    private static Plan annotate(
            DesiredServiceAccount desired, String namespace, ObservedServiceAccount.Present present, boolean created) {
        TreeSet<String> obsolete = new TreeSet<>(present.ours());
        obsolete.removeAll(desired.annotations().keySet());
        boolean alike = desired.annotations().entrySet().stream()
                .allMatch(
                        wanted -> wanted.getValue().equals(present.annotations().get(wanted.getKey())));
        if (alike && obsolete.isEmpty()) {
            return Plan.NOTHING;
        }
        Optional<Failure> conflict = created ? Optional.empty() : conflict(desired, namespace, present);
        return conflict.isPresent()
                ? Plan.refused(conflict.get())
                : Plan.of(List.of(new AnnotateServiceAccount(
                        desired.name(), present.uid(), present.version(), created, desired.annotations(), obsolete)));
    }

    private static Optional<Failure> conflict(
            DesiredServiceAccount desired, String namespace, ObservedServiceAccount.Present present) {
        for (var wanted : desired.annotations().entrySet()) {
            String key = wanted.getKey();
            String found = present.annotations().get(key);
            if (found != null
                    && !found.equals(wanted.getValue())
                    && !present.ours().contains(key)) {
                return Optional.of(conflict(namespace, desired.name(), key, found));
            }
        }
        return Optional.empty();
    }

    /** Returns the failure of a ServiceAccount that existed before and has this annotation from another field manager. */
    private static Failure conflict(String namespace, String serviceAccount, String key, String value) {
        return Failure.of(
                Reason.ServiceAccountConflict,
                "ServiceAccount " + serviceAccount + " has the annotation " + key
                        + "=" + value
                        + ", set by another field manager; remove it where it is declared, such as in a chart, and then run: kubectl"
                        + " annotate serviceaccount " + serviceAccount + " --namespace " + namespace + " " + key
                        + "-; or, to keep it, set its management in spec.serviceAccounts to Ignore");
    }

    /**
     * Plans how the role is withdrawn from the ServiceAccount before the role is deleted. A ServiceAccount that existed before
     * loses the annotations that the operator owns, even if another user has since set another role. If the operator owns the
     * annotation with another role, another resource uses the ServiceAccount and it stays as it is. A ServiceAccount that the
     * operator created is handed over to the successor in either case, because it would otherwise be deleted with this
     * resource.
     *
     * @param owner UID of the resource
     * @param successor the resource that takes the ServiceAccount over; empty if there is none
     */
    public static Plan withdraw(
            String serviceAccount,
            String roleArn,
            ObservedServiceAccount observed,
            String owner,
            Optional<Successor> successor) {
        if (!(observed instanceof ObservedServiceAccount.Present present)) {
            return Plan.NOTHING;
        }
        boolean created = present.owners().contains(owner);
        boolean delivered = isDelivered(roleArn, present);
        boolean usedByAnother = !delivered && present.ours().contains(ROLE_ARN);
        TreeSet<String> obsolete = new TreeSet<>();
        if (created && delivered) {
            obsolete.addAll(present.annotations().keySet());
        } else if (!created && !usedByAnother) {
            obsolete.addAll(present.ours());
        }
        Optional<Successor> to = created ? successor : Optional.empty();
        return obsolete.isEmpty() && to.isEmpty()
                ? Plan.NOTHING
                : Plan.of(List.of(new ReleaseServiceAccount(
                        serviceAccount, present.uid(), present.version(), created, obsolete, to)));
    }

    /**
     * Plans how the role is withdrawn from a ServiceAccount that the resource no longer names. The result is the same as if the
     * resource were deleted.
     *
     * @param owner UID of the resource
     * @param successor the resource that takes the ServiceAccount over; empty if there is none
     */
    public static Plan remove(
            String serviceAccount,
            String roleArn,
            ObservedServiceAccount observed,
            String owner,
            Optional<Successor> successor) {
        return observed instanceof ObservedServiceAccount.Present present
                        && present.owners().contains(owner)
                        && successor.isEmpty()
                ? Plan.of(List.of(new DiscardServiceAccount(
                        serviceAccount,
                        present.uid(),
                        present.version(),
                        present.annotations().keySet())))
                : withdraw(serviceAccount, roleArn, observed, owner, successor);
    }

    /** Returns whether this role is delivered to the ServiceAccount. */
    public static boolean isDelivered(String roleArn, ObservedServiceAccount observed) {
        return observed instanceof ObservedServiceAccount.Present present
                && Objects.equals(roleArn, present.annotations().get(ROLE_ARN));
    }

    /**
     * Returns the message of the Ready condition.
     *
     * @param kinds the ways that the resource uses
     * @param serviceAccounts the names of the ServiceAccounts; empty if the user manages them
     */
    public static String readyMessage(Set<Delivery> kinds, List<String> serviceAccounts) {
        if (kinds.equals(Set.of(Delivery.PodIdentity))) {
            return "role is up to date; new pods" + (serviceAccounts.isEmpty() ? "" : " of " + named(serviceAccounts))
                    + " get the role's credentials through EKS Pod Identity";
        }
        String annotated = annotated(serviceAccounts);
        return kinds.contains(Delivery.PodIdentity)
                ? annotated + "; new pods get the role's credentials through EKS Pod Identity"
                : annotated;
    }

    private static String annotated(List<String> serviceAccounts) {
        if (serviceAccounts.isEmpty()) {
            return "role is up to date; the operator does not annotate the ServiceAccount, because"
                    + " its management in spec.serviceAccounts is Ignore";
        }
        return "role is up to date; " + named(serviceAccounts) + (serviceAccounts.size() == 1 ? " is" : " are")
                + " annotated";
    }

    private static String named(List<String> serviceAccounts) {
        return (serviceAccounts.size() == 1 ? "ServiceAccount " : "ServiceAccounts ")
                + String.join(", ", serviceAccounts);
    }

    /**
     * Returns whether running pods must be restarted to use what these changes deliver. The webhook injects credentials only
     * when a pod is created. A ServiceAccount that is created has no pods yet. Pods with EKS Pod Identity lose their
     * credentials some time after the association is deleted.
     */
    public static boolean needsRestart(List<Change> changes) {
        return changes.stream()
                .anyMatch(change ->
                        change instanceof AnnotateServiceAccount || change instanceof DeletePodIdentityAssociation);
    }
}
