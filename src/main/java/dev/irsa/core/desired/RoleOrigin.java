package dev.irsa.core.desired;

/** How a resource may obtain its role. */
public enum RoleOrigin {
    /** The operator creates it. */
    CREATED,
    /** The operator adopts a role that is offered, and creates one if there is none. */
    CREATED_OR_ADOPTED,
    /** The operator adopts a role that is offered, and never creates one under its path. */
    ADOPTED
}
