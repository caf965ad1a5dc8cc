package dev.irsa.port;

/**
 * How many roles an AWS account has, and how many it may have.
 *
 * @param used the roles of all owners, as IAM counts them
 */
public record RoleQuota(int used, int limit) {}
