package dev.irsa.api.v1alpha1;

/** Whether a role that exists already may be taken over. */
public enum Adopt {
    /** A role that is not this resource's own is refused. */
    Never,
    /** A role that somebody with rights in IAM has offered to this resource by a tag becomes its own. */
    IfTagged
}
