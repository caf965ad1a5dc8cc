package dev.irsa.api.v1beta1;

/** What the operator does in an account. */
public enum AccountAccess {
    /** It manages roles. */
    Manage,
    /** It no longer calls the account, and lets resources be deleted without their roles. */
    Abandon
}
