package dev.irsa.api.v1beta1;

/** How far the adoption of a role is. */
public enum Adoption {
    /** The role is offered to the resource, and the operator has not adopted it yet. */
    Offered,
    /** The operator has adopted the role. */
    Adopted,
    /** The role does not exist, belongs to another owner, or is not offered to the resource. */
    Refused
}
