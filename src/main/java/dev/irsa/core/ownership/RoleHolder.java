package dev.irsa.core.ownership;

/**
 * The resource that a role names in its tags.
 *
 * @param namespace the namespace of the resource, which may no longer exist
 * @param resource the name of the resource
 * @param retained whether the role has no owner and is only offered to the resource, as a retained role is
 */
public record RoleHolder(String namespace, String resource, boolean retained) {}
