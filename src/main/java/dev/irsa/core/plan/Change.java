package dev.irsa.core.plan;

/**
 * One change to the world, named after the call that makes it. The same change is shown by a suspended resource,
 * told by an event and a log line, and applied at an edge.
 */
public sealed interface Change permits RoleChange, ServiceAccountChange {
    /** What it does, in one line for people, as an instruction: "attach policy … to role …". */
    String describe();
}
