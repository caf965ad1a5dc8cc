package dev.irsa.core.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Cleans external text for use in a status or an event. The result is one line of at most 1024 bytes, without control
 * characters and without characters that change the text direction.
 */
public final class PlainText {
    /** The limit of an event's note, in bytes. A condition could hold more, but a longer text is hard to read. */
    static final int MAX = 1024;

    private static final String CUT = "...";

    private static final Pattern UNWANTED =
            Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9F}\\p{Cs}\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]+");

    private PlainText() {}

    /** Returns the text in one line without control characters, and however long it is. */
    public static String line(String text) {
        return isPrintableAscii(text) ? text : UNWANTED.matcher(text).replaceAll(" ");
    }

    /** Returns the cleaned text, shortened if it is too long. */
    public static String of(String text) {
        String head = text.substring(0, Math.min(text.length(), 4 * MAX));
        String plain = (isPrintableAscii(head) ? head : UNWANTED.matcher(head).replaceAll(" ")).strip();
        byte[] utf8 = plain.getBytes(StandardCharsets.UTF_8);
        return utf8.length <= MAX ? plain : beginning(utf8, MAX - CUT.length()) + CUT;
    }

    /** Nearly every text is. It needs no search for what is unwanted. */
    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(character -> character >= ' ' && character <= '~');
    }

    /** Returns the longest beginning of a longer text that fits into this many bytes. It ends with a whole character. */
    private static String beginning(byte[] utf8, int bytes) {
        int end = bytes;
        while (isInsideCharacter(utf8[end])) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }

    /** Returns whether a byte of UTF-8 continues a character. Such bytes begin with the bits 10. */
    private static boolean isInsideCharacter(byte octet) {
        return (octet & 0xC0) == 0x80;
    }
}
