package dev.irsa.core.template;

/** Whether a string of a document may have placeholders. */
sealed interface PlaceholderRule {
    /** It may. */
    record Allowed() implements PlaceholderRule {}

    /**
     * It may not.
     *
     * @param why to be read after "placeholders are not allowed"
     */
    record Forbidden(String why) implements PlaceholderRule {}
}
