package dev.irsa.kubectl.diagnosis;

/** The outcome of a check. */
public enum Outcome {
    OK,
    /** The pod may get its credentials, but something deserves attention. */
    WARNING,
    /** This keeps the pod from getting its credentials. */
    FAILED,
    /** What the check reads could not be read, or an earlier check failed. */
    NOT_CHECKED,
    /** The check has no meaning here. It is not listed. */
    NOT_APPLICABLE
}
