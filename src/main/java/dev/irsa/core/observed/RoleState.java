package dev.irsa.core.observed;

/**
 * Everything that a plan needs to know about an existing role.
 *
 * @param role the role itself
 * @param policies its policies
 */
public record RoleState(ObservedRole role, ObservedPolicies policies) {}
