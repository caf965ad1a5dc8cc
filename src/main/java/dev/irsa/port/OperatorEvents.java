package dev.irsa.port;

/** Tells of what concerns the operator as a whole and no single resource. */
@FunctionalInterface
public interface OperatorEvents {
    /**
     * Tells of something that has happened and that somebody should look at.
     *
     * @param reason one word for programs
     * @param note a sentence for people
     */
    void warn(String reason, String note);
}
