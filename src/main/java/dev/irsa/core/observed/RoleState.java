package dev.irsa.core.observed;

/**
 * The state of an existing role, as the planner needs it.
 *
 * @param role the role itself
 * @param policies its policies
 */
public record RoleState(ObservedRole role, ObservedPolicies policies) {}
