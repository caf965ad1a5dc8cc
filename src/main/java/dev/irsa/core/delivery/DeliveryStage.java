package dev.irsa.core.delivery;

import dev.irsa.core.desired.Desired;
import dev.irsa.core.plan.Plan;

/**
 * How far the delivery of a role may go now.
 *
 * @param desired the desired state, with the trust policy that the role must have now
 * @param plan what follows the changes to the role
 */
public record DeliveryStage(Desired.Valid desired, Plan plan) {}
