package dev.irsa.core.delivery;

import dev.irsa.core.desired.Desired;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Optional;

/**
 * What to do for the delivery of a role in this reconcile.
 *
 * @param trust the trust policy that it was planned from; empty if the role does not exist or is not known
 * @param desired the desired state, with the trust policy that the role must have now
 * @param steps what follows the changes to the role
 */
public record DeliveryPlan(Optional<PolicyFingerprint> trust, Desired.Valid desired, Plan steps) {}
