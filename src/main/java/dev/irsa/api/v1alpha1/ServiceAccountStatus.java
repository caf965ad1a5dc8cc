package dev.irsa.api.v1alpha1;

/**
 * The ServiceAccount.
 *
 * @param name its name
 * @param created whether the operator made it, and it therefore goes with the resource
 */
public record ServiceAccountStatus(String name, boolean created) {}
