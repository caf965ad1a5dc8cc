package dev.irsa.core.delivery;

import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.DeliveryFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.PodUse;
import java.time.Duration;
import java.util.Optional;

/** What a move from one way of delivery to another waits for, in words for users. */
final class DeliveryWaits {
    private static final String NO_ACTION = "; no action needed";
    private static final String RESTART_ONCE_READY =
            "; as soon as this resource is Ready, restart the pods that still use EKS Pod Identity";

    private DeliveryWaits() {}

    /** Returns the wait until pods that may use IRSA have ended. */
    static Failure forPods(Desired.Valid desired, DeliveryFacts facts) {
        String account = desired.serviceAccount().name();
        String restart = "restart them with: kubectl rollout restart deployment/NAME --namespace "
                + desired.delivery().terms().namespace();
        return new DeliveryFailure.WaitingForPods(facts.pods()
                .map(pods -> "pods of ServiceAccount " + account + " that may still use IRSA: " + pods.mayUseIrsa()
                        + "; the trust policy still admits them; " + restart + "; delete finished pods")
                .orElse("the operator is not allowed to list pods, so it does not know whether pods of ServiceAccount "
                        + account + " still use IRSA; set podIdentity.enabled=true in the chart; or " + restart
                        + ", and then annotate this resource with " + DeliveryPlanner.PODS_RESTARTED
                        + " and its generation"));
    }

    /**
     * Returns the wait until the deletion of the association has taken effect. Until then, a pod that starts may get it still.
     *
     * @param pods of the ServiceAccount; empty if they are not known
     */
    static Failure forDeletion(Optional<PodUse> pods, DeliveryFacts facts) {
        String action = pods.map(PodUse::withPodIdentity)
                .map(count -> count == 0
                        ? NO_ACTION
                        : RESTART_ONCE_READY + " (" + count + " now); they lose their credentials within six hours")
                .orElse(RESTART_ONCE_READY);
        return waiting("the deletion of the association", action, facts);
    }

    /** Returns the wait until an earlier change has taken effect. */
    static Failure forEffect(String change, DeliveryFacts facts) {
        return waiting(change, NO_ACTION, facts);
    }

    private static Failure waiting(String what, String action, DeliveryFacts facts) {
        Duration wait = facts.havePropagated() ? Duration.ofSeconds(1) : facts.propagating();
        return new Failure.Waiting(
                Reason.Reconciling, "waiting until " + what + " has taken effect everywhere" + action, wait);
    }
}
