package dev.irsa.reconcile.managed;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredDelivery;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.reconcile.association.DeliveryObserver;
import dev.irsa.reconcile.role.RoleObserver;
import dev.irsa.reconcile.run.RolePrior;
import dev.irsa.reconcile.run.Run;
import java.util.Optional;
import java.util.function.Supplier;

/** Observes the role of a resource and how it is delivered. What to do for the delivery decides what the role must be. */
public record ResourceObserver(RoleObserver roles, DeliveryObserver deliveries, Supplier<OidcProviderState> provider) {
    /** What was observed of the role, and what to do for its delivery. */
    record Observation(RoleObservation role, DeliveryPlan delivery) {}

    /** Observes the role and its delivery; returns empty if the reconcile has to wait for AWS. */
    Optional<Observation> observe(Run run, Desired.Valid wanted, DeliveryPlan predicted, RolePrior prior) {
        Optional<RoleObservation> role = observe(run, predicted, prior);
        if (role.isEmpty()) {
            return Optional.empty();
        }
        DeliveryPlan delivery = deliveries.observe(run, wanted, predicted, trust(run, wanted, role.get()));
        if (guessesProvider(delivery.desired().delivery())) {
            return Optional.empty();
        }
        // A role that was up to date was not read. If it no longer is, it must be proven to be ours.
        boolean unproven = role.get().assumed() && !delivery.desired().equals(predicted.desired());
        return (unproven ? observe(run, delivery, prior) : role).map(seen -> new Observation(seen, delivery));
    }

    private Optional<RoleObservation> observe(Run run, DeliveryPlan delivery, RolePrior prior) {
        return roles.observe(delivery, run.previous().roleId(), prior, run);
    }

    /**
     * Returns the trust policy that the plan starts from. It is unknown if a user deleted the role, because pods may still use
     * its statements. It has no digest if IAM may show an older one and pods may use IRSA.
     */
    private Optional<PolicyFingerprint> trust(Run run, Desired.Valid wanted, RoleObservation observed) {
        // An association is deleted only after the trust policy for IRSA has propagated.
        boolean associated = !run.delivery().history().ids().isEmpty();
        boolean outdated = observed.mayHaveOlderTrust() && !associated && deliveries.isAnyAnnotated(run, wanted);
        return observed.current()
                .map(known -> known.role().trust())
                .map(shown -> outdated ? shown.withUnknownDigest() : shown)
                .or(() -> run.hasRole() ? Optional.of(PolicyFingerprint.UNKNOWN) : Optional.empty());
    }

    /**
     * Returns whether the trust policy would name the OIDC provider by a guess, although the spec does not ask for IRSA. Pods
     * that still use IRSA would be locked out if IAM spells the provider in another way.
     */
    private boolean guessesProvider(DesiredDelivery delivered) {
        return !delivered.uses(Delivery.IRSA)
                && delivered.statements().contains(Delivery.IRSA)
                && provider.get().isAssumed();
    }
}
