package dev.irsa.api.v1beta1;

/** Whether the operator may adopt a role that already exists. */
public enum AdoptionPolicy {
    /** The operator refuses a role that this resource does not own. */
    Never,
    /** The operator adopts a role that an IAM user or role has offered to this resource with a tag. */
    IfOffered
}
