package dev.irsa.integration.docs;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns raw text into passages. Drops text that is not English, such as patterns and documents in JSON. */
final class Passages {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("%[-+0-9.,]*[a-zA-Z]|\\$?\\{[^{}]*}|\\{\\{[^}]*}}|<[^<>]*>");
    private static final Pattern MARKUP = Pattern.compile("[*_#|<>\\[\\]~\\\\]");
    private static final Pattern NO_LETTERS = Pattern.compile("^[^\\p{L}`]+");
    private static final Pattern WORD = Pattern.compile("(?<![^\\s(\"'`])\\p{L}[\\p{L}'’-]*(?=[\\s.,;:!?)\"'`]|$)");

    private Passages() {}

    /** Reads paragraphs, which blank lines separate. Each placeholder becomes the word X. */
    static List<Passage> of(String where, String text) {
        return Stream.of(text.split("\\n\\s*\\n"))
                .map(paragraph -> PLACEHOLDER.matcher(paragraph).replaceAll("X"))
                .map(paragraph -> MARKUP.matcher(paragraph).replaceAll(""))
                .map(paragraph -> paragraph.replaceAll("\\s+", " ").strip())
                .map(paragraph -> NO_LETTERS.matcher(paragraph).replaceFirst(""))
                .filter(Passages::english)
                .map(paragraph -> new Passage(where, paragraph))
                .toList();
    }

    /** Reads a message, whose parts a semicolon separates as a full stop does. */
    static List<Passage> ofMessage(String where, String text) {
        return of(where, text).stream()
                .map(passage -> new Passage(where, passage.text().replace("; ", ". ")))
                .toList();
    }

    /** Returns the number of the line, from 1, of a place in a text. */
    static long line(String text, int offset) {
        return 1 + text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private static boolean english(String text) {
        long words = WORD.matcher(text).results().count();
        return words >= 3 && words * 2 >= text.split(" ").length;
    }
}
