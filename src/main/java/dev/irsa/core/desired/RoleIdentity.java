package dev.irsa.core.desired;

import dev.irsa.core.ownership.Owner;

/**
 * Which role belongs to a resource, whatever else the spec says: all that deletion needs.
 *
 * @param name its name
 * @param path its path
 * @param arn its ARN
 * @param owner whom its tags must name
 */
public record RoleIdentity(String name, String path, String arn, Owner owner) {}
