package dev.irsa.api.v1beta1;

/** What happens to the role when the resource is deleted. */
public enum DeletionPolicy {
    /** The role is deleted. */
    Delete,
    /** The role is kept and its ownership tags are removed. */
    Retain
}
