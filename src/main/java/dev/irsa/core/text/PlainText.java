package dev.irsa.core.text;

import java.nio.charset.StandardCharsets;

/**
 * Cleans external text for use in a status or an event. The result is one line of at most 1024 bytes, without control
 * characters and without characters that change the text direction.
 */
public final class PlainText {
    /** The limit of an event's note, in bytes. A condition could hold more, but a longer text is hard to read. */
    static final int MAX = 1024;

    private static final String CUT = "...";

    private PlainText() {}

    /** Returns the cleaned text, shortened if it is too long. */
    public static String of(String text) {
        String head = text.length() <= 4 * MAX ? text : text.substring(0, 4 * MAX);
        String plain = head.replaceAll(
                        "[\\p{Cntrl}\\x{80}-\\x{9F}\\p{Cs}\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]+", " ")
                .strip();
        return bytes(plain) <= MAX ? plain : beginning(plain, MAX - CUT.length()) + CUT;
    }

    /** Returns the longest beginning of the text that fits into this many bytes of UTF-8. */
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
