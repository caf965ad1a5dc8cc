package dev.irsa.core.delivery;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.PodUse;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.core.policy.PolicyFingerprint;
import java.time.Duration;
import java.util.Optional;

/**
 * The steps for the delivery to one ServiceAccount, and what they wait for.
 *
 * @param desired for this ServiceAccount only: as the spec asks for it to decide what may be needed, and with the current trust policy
 *     to plan
 * @param trust the current trust policy; empty if the role does not exist or is not known
 * @param owner UID of the resource
 */
record DeliverySteps(Desired.Valid desired, Optional<PolicyFingerprint> trust, DeliveryFacts facts, String owner) {
    private static final String NO_ACTION = "; no action needed";
    private static final String RESTART_ONCE_READY =
            "; as soon as this resource is Ready, restart the pods that still use EKS Pod Identity";

    /**
     * Returns whether a pod may use IRSA, or may start to, although the spec does not ask for it. Returns true if that is uncertain.
     */
    boolean mayNeedToken() {
        // Without an association, new pods use an annotation of another owner too, or what the user put into the pod.
        return DeliveryPlanner.leavesIrsa(desired, trust)
                && (!AssociationPlanner.isShown(facts.association())
                        || !annotation().isEmpty()
                        || !facts.havePropagated()
                        || !facts.pods().map(pods -> pods.mayUseIrsa() == 0).orElse(facts.podsRestarted()));
    }

    /** Returns whether a pod may use an association, although the spec does not ask for it. */
    boolean mayNeedAssociation() {
        boolean associated = AssociationPlanner.id(facts.association()).isPresent()
                && desired.delivery().terms().eksClusterArn().isPresent();
        return !desired.delivery().uses(Delivery.PodIdentity)
                && (associated || (!facts.havePropagated() && DeliveryPlanner.mayBeAssociated(desired, trust)));
    }

    /**
     * Returns the steps.
     *
     * @param withdraws whether pods may need a way that is being withdrawn
     */
    Plan plan(boolean withdraws) {
        Plan annotation = annotation();
        if (!desired.delivery().uses(Delivery.PodIdentity)) {
            return withdraws ? annotation.then(withdrawAssociation(annotation)) : annotation;
        }
        Plan delivered = association().then(awaitAssociation(annotation)).then(annotation);
        return withdraws ? delivered.then(withdrawToken(annotation)) : delivered;
    }

    private boolean isReached() {
        return DeliveryPlanner.isReached(desired, trust);
    }

    private Plan annotation() {
        return ServiceAccountPlanner.deliver(
                desired.serviceAccount(), desired.delivery().terms().namespace(), facts.serviceAccount(), owner);
    }

    /** Plans the association. While pods can use IRSA, the trust policy must have admitted it for long enough. */
    private Plan association() {
        Plan plan = AssociationPlanner.deliver(desired, facts, owner);
        boolean inUse = trust.isPresent() && DeliveryPlanner.isAnnotated(desired, facts.serviceAccount());
        boolean admitted = !inUse || (isReached() && facts.havePropagated());
        return admitted || plan.changes().isEmpty() ? plan : Plan.refused(untilInEffect("the trust policy"));
    }

    /**
     * Waits until the webhook sees the association, before the annotation of a role in use is removed: of this role, or of one that
     * the spec named before.
     */
    private Plan awaitAssociation(Plan annotation) {
        boolean removesAnnotation = annotation.changes().stream()
                .anyMatch(change -> change instanceof AnnotateServiceAccount annotate
                        && annotate.obsolete().contains(DesiredServiceAccount.ROLE_ARN));
        return removesAnnotation && !facts.havePropagated()
                ? Plan.refused(untilInEffect("the association"))
                : Plan.NOTHING;
    }

    /** Waits until the statement for the token can be removed from the trust policy. */
    private Plan withdrawToken(Plan annotation) {
        boolean annotated = annotation.isEmpty() && facts.havePropagated();
        return Plan.refused(annotated ? untilPodsHaveEnded() : untilInEffect("the removal of the annotation"));
    }

    /** Waits, deletes the association, and waits again until its statement can be removed from the trust policy. */
    private Plan withdrawAssociation(Plan annotation) {
        boolean tokenWorks = annotation.isEmpty() && facts.havePropagated() && isReached();
        if (!tokenWorks) {
            boolean deleted = AssociationPlanner.id(facts.association()).isEmpty();
            return Plan.refused(deleted ? untilDeleted(Optional.empty()) : untilInEffect("the change back to IRSA"));
        }
        return AssociationPlanner.withdraw(desired.serviceAccount().name(), facts.association())
                .then(Plan.refused(untilDeleted(facts.pods())));
    }

    /** Returns the wait until pods that may use IRSA have ended. */
    private Failure untilPodsHaveEnded() {
        String account = desired.serviceAccount().name();
        String restart = "restart them with: kubectl rollout restart deployment/NAME --namespace "
                + desired.delivery().terms().namespace();
        return Failure.of(
                Reason.WaitingForPods,
                facts.pods()
                        .map(pods ->
                                pods.mayUseIrsa() + (pods.mayUseIrsa() == 1 ? " pod" : " pods") + " of ServiceAccount "
                                        + account + " may still use IRSA; the trust policy still admits them; "
                                        + restart + "; delete finished pods")
                        .orElse(
                                "the operator is not allowed to list pods, so it does not know whether pods of ServiceAccount "
                                        + account + " still use IRSA; set podIdentity.enabled=true in the chart; or "
                                        + restart
                                        + ", and then annotate this resource with " + DeliveryPlanner.PODS_RESTARTED
                                        + " and its generation"));
    }

    /**
     * Returns the wait until the deletion of the association has taken effect. Until then, a pod that starts may get it still.
     *
     * @param pods of the ServiceAccount; empty if they are not known
     */
    private Failure untilDeleted(Optional<PodUse> pods) {
        String action = pods.map(PodUse::withPodIdentity)
                .map(count -> count == 0
                        ? NO_ACTION
                        : RESTART_ONCE_READY + " (" + count + " now); they lose their credentials within six hours")
                .orElse(RESTART_ONCE_READY);
        return waiting("the deletion of the association", action);
    }

    /** Returns the wait until an earlier change has taken effect. */
    private Failure untilInEffect(String change) {
        return waiting(change, NO_ACTION);
    }

    private Failure waiting(String what, String action) {
        Duration wait = facts.havePropagated() ? Duration.ofSeconds(1) : facts.propagating();
        return new Failure.Waiting(
                Reason.Reconciling, "waiting until " + what + " has taken effect everywhere" + action, wait);
    }
}
