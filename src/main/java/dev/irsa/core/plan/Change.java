package dev.irsa.core.plan;

/**
 * One change, named after the API call that makes it. A suspended resource lists it, the edges apply it, and an event and a
 * log line report it.
 */
public sealed interface Change permits RoleChange, AssociationChange, ServiceAccountChange {
    /** Describes the change as an instruction in one line: "attach policy … to role …". */
    String describe();

    /** Describes the change after it was made, in one line: "attached policy … to role …". */
    String describeDone();
}
