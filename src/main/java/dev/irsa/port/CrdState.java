package dev.irsa.port;

/** The state of the CustomResourceDefinition of the resources. */
public enum CrdState {
    /** It exists. */
    INTACT,
    /** It is being deleted, and every resource with it. */
    DELETING,
    /** It does not exist, so a missing resource does not mean that a user deleted the resource. */
    MISSING,
    /** The operator is not allowed to read it. */
    UNKNOWN
}
