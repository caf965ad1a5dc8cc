package dev.irsa.port;

/** Tells of what concerns the operator as a whole and no single resource. */
@FunctionalInterface
public interface OperatorEvents {
    /**
     * Tells of something that has happened.
     *
     * @param warning whether somebody should look at it
     * @param reason one word for programs
     * @param note a sentence for people
     */
    void record(boolean warning, String reason, String note);

    /** Tells of something that somebody should look at. */
    default void warn(String reason, String note) {
        record(true, reason, note);
    }

    /** Tells of something that went as it should. */
    default void tell(String reason, String note) {
        record(false, reason, note);
    }
}
