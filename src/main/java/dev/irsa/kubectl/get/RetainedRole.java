package dev.irsa.kubectl.get;

import java.util.Optional;

/**
 * A role without an owner that is offered to a resource, as a retained role is.
 *
 * @param namespace the namespace of the resource
 * @param name the name of the resource
 * @param resourceExists whether that resource exists; empty if the user may not read it
 */
public record RetainedRole(String namespace, String name, Optional<Boolean> resourceExists, String roleName) {}
