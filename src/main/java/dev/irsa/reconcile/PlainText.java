package dev.irsa.reconcile;

/** Text from elsewhere, made fit to stand in a status or an event: one line, no control characters, bounded. */
final class PlainText {
    /** What an event's note may hold; a condition could hold more, and nobody would read it. */
    static final int MAX = 1024;

    private PlainText() {}

    static String of(String text) {
        String head = text.length() <= 4 * MAX ? text : text.substring(0, 4 * MAX);
        String plain =
                head.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]+", " ").strip();
        return plain.length() <= MAX ? plain : plain.substring(0, MAX - 3) + "...";
    }
}
