package dev.irsa.core.failure;

/** When a failed reconcile is tried again. There is no last try: every failure that can pass is tried for ever. */
public enum Retry {
    /** When the resource, or what it waits for in the cluster, changes: no clock can mend it. */
    WHEN_CHANGED,
    /** At growing intervals up to minutes: a person has to act, or the account has to change. */
    SLOWLY,
    /** With backoff from one second: it passes by itself. */
    SOON
}
