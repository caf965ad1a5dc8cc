package dev.irsa.core.failure;

/** When a failed reconcile is retried. There is no last attempt: every transient failure is retried indefinitely. */
public enum Retry {
    /** When the resource, or what it waits for in the cluster, changes. */
    WHEN_CHANGED,
    /** At growing intervals up to minutes: a user has to act, or the account has to change. */
    SLOWLY,
    /** With back-off from one second: the failure is transient. */
    SOON
}
