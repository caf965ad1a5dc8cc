package dev.irsa.core.desired;

/** How a resource may come by its role. */
public enum RoleOrigin {
    /** It is made. */
    MADE,
    /** One that is offered is adopted; when there is none, it is made. */
    MADE_OR_ADOPTED,
    /** One that is offered is adopted; under its path none is made. */
    ADOPTED
}
