package dev.irsa.core.consistency;

/** What earlier processes may have written for a resource. */
public enum EarlierWrites {
    /** A write that got no response may still take effect. */
    MAY_BE_LOST,
    /** Every write has taken effect or failed. */
    ALL_SETTLED,
    /** There were no writes, because the resource did not exist. */
    NONE
}
