package dev.irsa.port;

/** Records events that concern the operator as a whole instead of a single resource. */
@FunctionalInterface
public interface OperatorEvents {
    /**
     * Records an event.
     *
     * @param warning whether the type of the event is Warning instead of Normal
     * @param reason the machine-readable reason, one word in CamelCase
     * @param note the human-readable message
     */
    void record(boolean warning, String reason, String note);

    /** Records an event of type Warning. */
    default void warn(String reason, String note) {
        record(true, reason, note);
    }

    /** Records an event of type Normal. */
    default void inform(String reason, String note) {
        record(false, reason, note);
    }
}
