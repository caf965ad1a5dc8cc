package dev.irsa.core.consistency;

/**
 * An answer of IAM about one role, by what it takes to trust it. IAM is eventually consistent: an answer may describe the
 * role as it was before a recent write.
 */
public enum Answer {
    /** The role is missing, is another one, or a call for it is denied. Only our own recent writes can explain it away. */
    REFUSAL,
    /** The content of the role. It may predate a write of this process or of the one before it. */
    CONTENT,
    /** The role does not exist, as a proof on which the finalizer is removed or an adoption is refused. */
    ABSENCE,
    /**
     * The role does not exist or belongs to another owner, for a resource that is not known to have had a role. It is a proof
     * on which the finalizer is removed.
     */
    NOT_OWNED,
    /** The role cannot be created because the name is taken, and no role of that name is shown. */
    NAME_TAKEN,
    /** The state in which this process leaves the role for good. A write that got no response may still change it. */
    FINAL_STATE
}
