package dev.irsa.api.v1alpha1;

/**
 * The role as IAM names it.
 *
 * @param name its name
 * @param arn its ARN
 * @param id its unique id, {@code AROA…}: a role made again under the same name has another
 */
public record RoleStatus(String name, String arn, String id) {}
