package dev.irsa.api.v1alpha1;

/** What becomes of the role when the resource is deleted. */
public enum DeletionPolicy {
    /** The role goes. */
    Delete,
    /** The role stays, its ownership tags go. */
    Retain
}
