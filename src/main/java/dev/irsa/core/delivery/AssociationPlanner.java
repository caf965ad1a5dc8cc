package dev.irsa.core.delivery;

import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.AssociationChange.CreatePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.UpdatePodIdentityAssociation;
import dev.irsa.core.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Plans the EKS Pod Identity association of a resource, which names its role.
 *
 * <p>Source: "Learn how EKS Pod Identity grants pods access to AWS services" of the Amazon EKS user guide.
 */
public final class AssociationPlanner {
    /** EKS shows a new association after "several seconds". */
    private static final Duration UNTIL_SHOWN = Duration.ofSeconds(2);

    private AssociationPlanner() {}

    /**
     * Plans the association. Pods that start afterwards get their credentials through it, whatever the annotation says. None is
     * created where another field manager claims the ServiceAccount. One that exists stays, because running pods use it.
     *
     * @param owner UID of the resource
     */
    static Plan deliver(Desired.Valid desired, DeliveryFacts facts, String owner) {
        Plan conflict = claimOfAnotherRole(desired, facts.serviceAccount(), owner)
                .map(Plan::refused)
                .orElse(Plan.NOTHING);
        return facts.association() instanceof AssociationState.None
                ? conflict.then(create(desired, facts))
                : maintain(desired, facts).then(conflict);
    }

    private static Plan maintain(Desired.Valid desired, DeliveryFacts facts) {
        String serviceAccount = desired.serviceAccount().name();
        return switch (facts.association()) {
            case AssociationState.None none -> Plan.NOTHING;
            case AssociationState.Recorded recorded -> Plan.NOTHING;
            case AssociationState.Ours(var association, boolean shown)
            when !shown -> Plan.refused(notShown(serviceAccount));
            case AssociationState.Ours(var association, var shown)
            when !isAsDesired(association, desired.role()) ->
                Plan.of(List.of(new UpdatePodIdentityAssociation(
                        association.id(),
                        serviceAccount,
                        desired.role().identity().arn(),
                        association.options())));
            case AssociationState.Ours(var association, var shown) -> Plan.NOTHING;
            case AssociationState.Foreign foreign -> Plan.refused(conflict(foreign, serviceAccount));
        };
    }

    private static Plan create(Desired.Valid desired, DeliveryFacts facts) {
        String serviceAccount = desired.serviceAccount().name();
        RoleIdentity role = desired.role().identity();
        if (facts.availability() instanceof PodIdentityAvailability.Unavailable(String why)) {
            return Plan.refused(new Failure.PodIdentityUnavailable(why));
        }
        if (facts.pods().filter(pods -> pods.onFargate()).isPresent()) {
            return Plan.refused(new Failure.PodIdentityUnavailable("a pod of ServiceAccount " + serviceAccount
                    + " runs on Fargate, which does not support EKS Pod Identity; set spec.delivery to [IRSA], or move the"
                    + " pod to an EC2 node"));
        }
        return Plan.of(List.of(new CreatePodIdentityAssociation(
                        desired.delivery().terms().namespace(),
                        serviceAccount,
                        role.arn(),
                        role.owner().tags())))
                .then(Plan.refused(notShown(serviceAccount)));
    }

    /** Plans the deletion of an association of the resource. One of another owner is left alone. */
    public static Plan withdraw(String serviceAccount, AssociationState association) {
        return id(association)
                .map(id -> Plan.of(List.of(new DeletePodIdentityAssociation(id, serviceAccount))))
                .orElse(Plan.NOTHING);
    }

    /** Returns the failure of a resource whose ServiceAccount has an association of another owner. */
    public static Failure conflict(AssociationState.Foreign foreign, String serviceAccount) {
        return Failure.of(
                Reason.AssociationConflict,
                "association " + foreign.id() + " of ServiceAccount " + serviceAccount + " " + foreign.why());
    }

    /** Returns the id of the association of the resource; empty if it has none. */
    public static Optional<String> id(AssociationState association) {
        return switch (association) {
            case AssociationState.Recorded(String id, String arn) -> Optional.of(id);
            case AssociationState.Ours(var ours, var shown) -> Optional.of(ours.id());
            case AssociationState.None none -> Optional.empty();
            case AssociationState.Foreign foreign -> Optional.empty();
        };
    }

    /** Returns whether EKS shows the association, and its tags prove that it belongs to the resource. */
    static boolean isShown(AssociationState association) {
        return association instanceof AssociationState.Ours(var ours, boolean shown) && shown;
    }

    /** An association with another role, or with an option that others have set, gives pods other credentials. */
    private static boolean isAsDesired(ObservedAssociation association, DesiredRole role) {
        return association.equals(association.withRoleAlone(role.identity().arn()));
    }

    private static Failure notShown(String serviceAccount) {
        return new Failure.Waiting(
                Reason.Reconciling,
                "EKS does not show the new association of ServiceAccount " + serviceAccount + " yet; no action needed",
                UNTIL_SHOWN);
    }

    /**
     * Returns why the role may not be associated with the ServiceAccount; empty if no other role is claimed for it. Another field
     * manager claims a ServiceAccount by annotating it with another role. It then does so for every way of delivery, because new
     * pods with an association would ignore the annotation. The
     * operator's values win on a ServiceAccount that it created for the resource. The webhook ignores an empty annotation.
     *
     * @param owner UID of the resource
     */
    private static Optional<Failure> claimOfAnotherRole(
            Desired.Valid desired, ObservedServiceAccount observed, String owner) {
        return observed instanceof ObservedServiceAccount.Present present
                        && !present.owners().contains(owner)
                        && !present.ours().contains(DesiredServiceAccount.ROLE_ARN)
                ? Optional.ofNullable(present.annotations().get(DesiredServiceAccount.ROLE_ARN))
                        .filter(found -> !found.isEmpty()
                                && !found.equals(desired.role().identity().arn()))
                        .map(found -> claimed(
                                desired.delivery().terms().namespace(),
                                desired.serviceAccount().name(),
                                found))
                : Optional.empty();
    }

    private static Failure claimed(String namespace, String serviceAccount, String found) {
        return Failure.of(
                Reason.ServiceAccountConflict,
                "ServiceAccount " + serviceAccount + " has the annotation "
                        + DesiredServiceAccount.ROLE_ARN + "=" + found
                        + ", set by another field manager, but its pods would get another role through EKS Pod Identity; remove it"
                        + " (kubectl annotate serviceaccount " + serviceAccount + " --namespace " + namespace + " "
                        + DesiredServiceAccount.ROLE_ARN
                        + "-), or create a resource that names another ServiceAccount");
    }
}
