package dev.irsa.api.v1beta1;

/** What the operator does in an account. */
public enum AccountAccess {
    /** It manages roles. */
    Manage,
    /** It calls the account no more, and deletes resources without their roles. */
    Abandon
}
