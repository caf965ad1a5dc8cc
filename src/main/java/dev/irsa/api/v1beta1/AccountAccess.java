package dev.irsa.api.v1beta1;

/** Whether the operator manages the roles in an account. */
public enum AccountAccess {
    /** It manages them. */
    Manage,
    /** It calls nothing in the account, and releases the resources that are being deleted without deleting their roles. */
    Abandon
}
