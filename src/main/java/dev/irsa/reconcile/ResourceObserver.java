package dev.irsa.reconcile;

import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Optional;

/** Observes the role of a resource and how it is delivered. What to do for the delivery decides what the role must be. */
final class ResourceObserver {
    private final RoleObserver roles;
    private final DeliveryObserver deliveries;
    private final Preconditions preconditions;

    ResourceObserver(RoleObserver roles, DeliveryObserver deliveries, Preconditions preconditions) {
        this.roles = roles;
        this.deliveries = deliveries;
        this.preconditions = preconditions;
    }

    /** What was observed of the role, and what to do for its delivery. */
    record Observation(RoleObservation role, DeliveryPlan delivery) {}

    /** Observes the role and its delivery; returns empty if the reconcile has to wait for AWS. */
    Optional<Observation> observe(
            ReconcileRequest request,
            Desired.Valid wanted,
            DeliveryPlan known,
            RolePrior prior,
            CachedRoleState state) {
        Optional<RoleObservation> role = observe(request, known, prior, state);
        if (role.isEmpty()) {
            return Optional.empty();
        }
        DeliveryPlan delivery = deliveries.observe(request, wanted, known, trust(request, wanted, role.get()), state);
        if (preconditions.guessesProvider(delivery.desired().delivery())) {
            return Optional.empty();
        }
        // A role that was up to date was not read. If it no longer is, it must be proven to be ours.
        boolean unproven = role.get().assumed() && !delivery.desired().equals(known.desired());
        return (unproven ? observe(request, delivery, prior, state) : role)
                .map(seen -> new Observation(seen, delivery));
    }

    private Optional<RoleObservation> observe(
            ReconcileRequest request, DeliveryPlan delivery, RolePrior prior, CachedRoleState state) {
        return roles.observe(delivery.desired().role(), request.previous().roleId(), prior, state);
    }

    /**
     * Returns the trust policy of the role. Pods may still use the statements of a role that a user deleted, and the token that
     * a trust policy admits that IAM does not show yet.
     */
    private Optional<PolicyFingerprint> trust(
            ReconcileRequest request, Desired.Valid wanted, RoleObservation observed) {
        boolean outdated = observed.mayHaveOlderTrust() && deliveries.isAnnotated(request, wanted);
        return observed.current()
                .map(known -> known.role().trust())
                .map(shown -> outdated ? shown.outdated() : shown)
                .or(() -> request.hasRole() ? Optional.of(PolicyFingerprint.UNKNOWN) : Optional.empty());
    }
}
