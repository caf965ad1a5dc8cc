package dev.irsa.api.v1alpha1;

/** Who makes the ServiceAccount and who annotates it. */
public enum Management {
    /** The operator makes it, or annotates the one that is there. */
    Manage,
    /** The operator annotates it but never makes it. */
    Annotate,
    /** The user does both; the operator keeps the role only. */
    Ignore
}
