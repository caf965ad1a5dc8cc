package dev.irsa.api.v1beta1;

/** Whether the operator creates and annotates the ServiceAccount. */
public enum Management {
    /** The operator creates the ServiceAccount, or annotates an existing one. */
    CreateOrAnnotate,
    /** The operator annotates the ServiceAccount but never creates it. */
    Annotate,
    /** The user creates and annotates the ServiceAccount. The operator manages only the role. */
    Ignore
}
