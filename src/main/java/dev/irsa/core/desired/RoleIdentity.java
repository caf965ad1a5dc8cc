package dev.irsa.core.desired;

import dev.irsa.core.ownership.Owner;

/**
 * Identifies the role of a resource, independently of the rest of the spec. A deletion needs nothing else.
 *
 * @param owner the owner that its tags must name
 */
public record RoleIdentity(String name, String path, String arn, Owner owner) {}
