package dev.irsa.core.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cleans external text for use in a status or an event. The result is one line of at most 1024 bytes, without control
 * characters and without characters that change the text direction.
 */
public final class PlainText {
    /** The limit of an event's note, in bytes. A condition could hold more, but a longer text is hard to read. */
    static final int MAX = 1024;

    private static final String CUT = "...";

    private static final String CLASS =
            "[\\p{Cntrl}\\x{80}-\\x{9F}\\p{Cs}\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]";

    private static final Pattern UNWANTED = Pattern.compile(CLASS + "+");

    private static final Pattern UNWANTED_IN_LINES = Pattern.compile("(?![\n\t])" + CLASS);

    /** What switches a color or bold type on and off, and hides no text. */
    private static final Pattern UNWANTED_IN_COLORS = Pattern.compile("(?![\n\t]|\\x1B\\[(?:[01]|3[1-6])m)" + CLASS);

    /** The page at the end of a message, in ASCII. */
    private static final Pattern PAGE = Pattern.compile("; see https?://[!-~]{1,400}\\z");

    private PlainText() {}

    /** Returns the text in one line without control characters, and however long it is. */
    public static String line(String text) {
        return isPrintableAscii(text) ? text : UNWANTED.matcher(text).replaceAll(" ");
    }

    /** Returns the text without control characters other than line breaks and tabs, and however long it is. */
    public static String lines(String text) {
        return UNWANTED_IN_LINES.matcher(text).replaceAll(" ");
    }

    /** Returns the same, but also keeps the sequences by which the program itself sets colors. */
    public static String coloredLines(String text) {
        return UNWANTED_IN_COLORS.matcher(text).replaceAll(" ");
    }

    /** Returns JSON in which every such character is escaped, so that a program still reads the same values. */
    public static String json(String document) {
        return UNWANTED_IN_LINES.matcher(document).replaceAll(found -> escaped(found.group()));
    }

    private static String escaped(String characters) {
        StringBuilder escaped = new StringBuilder();
        characters.chars().forEach(unit -> escaped.append("\\\\u%04x".formatted(unit)));
        return escaped.toString();
    }

    /** Returns the cleaned text, shortened if it is too long. The page at its end stays, because half an address leads nowhere. */
    public static String of(String text) {
        // A character has at most four bytes, so a shorter text is never cut.
        if (text.length() > MAX / 4) {
            Matcher page = PAGE.matcher(text);
            if (page.find()) {
                return of(text.substring(0, page.start()), page.group());
            }
        }
        return of(text, "");
    }

    private static String of(String text, String page) {
        int room = MAX - page.length();
        String head = text.substring(0, Math.min(text.length(), 4 * MAX));
        String plain = (isPrintableAscii(head) ? head : UNWANTED.matcher(head).replaceAll(" ")).strip();
        byte[] utf8 = plain.getBytes(StandardCharsets.UTF_8);
        return (utf8.length <= room ? plain : beginning(utf8, room - CUT.length()) + CUT) + page;
    }

    /** Nearly every text is. It needs no search for what is unwanted. */
    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
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
