package dev.irsa.core.text;

import java.nio.charset.StandardCharsets;

/**
 * Text from elsewhere, made fit to stand in a status or an event: one line, bounded, without control characters and those
 * that turn the direction of what follows.
 */
public final class PlainText {
    /** The largest note of an event, in bytes. Conditions could be longer but are kept readable. */
    static final int MAX = 1024;

    private static final String CUT = "...";

    private PlainText() {}

    /** The text as it may stand there. */
    public static String of(String text) {
        String head = text.length() <= 4 * MAX ? text : text.substring(0, 4 * MAX);
        String plain = head.replaceAll(
                        "[\\p{Cntrl}\\x{80}-\\x{9F}\\p{Cs}\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]+", " ")
                .strip();
        return bytes(plain) <= MAX ? plain : beginning(plain, MAX - CUT.length()) + CUT;
    }

    /** As many whole characters as these bytes hold. */
    private static String beginning(String text, int bytes) {
        StringBuilder beginning = new StringBuilder();
        int left = bytes;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            String character = Character.toString(text.codePointAt(at));
            left -= bytes(character);
            if (left < 0) {
                break;
            }
            beginning.append(character);
        }
        return beginning.toString();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
