package dev.irsa.core.observed;

/**
 * All that a plan needs to know of a role that exists.
 *
 * @param role the role itself
 * @param policies its policies
 */
public record RoleState(ObservedRole role, ObservedPolicies policies) {}
