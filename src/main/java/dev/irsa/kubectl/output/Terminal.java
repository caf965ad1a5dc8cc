package dev.irsa.kubectl.output;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a stream can show: standard output, or standard error.
 *
 * @param interactive whether a line on it can be replaced, so that progress may be shown
 * @param colour whether it shows colors
 * @param unicode whether it shows characters outside of ASCII
 * @param width the number of columns; {@link Integer#MAX_VALUE} if the stream is no terminal
 */
public record Terminal(boolean interactive, boolean colour, boolean unicode, int width) {
    /** A stream that is no terminal, such as a pipe or a file. */
    public static final Terminal NONE = new Terminal(false, false, false, Integer.MAX_VALUE);

    private static final int DEFAULT_WIDTH = 120;
    private static final int MIN_WIDTH = 40;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    /**
     * Derives the capabilities from the environment of the process: {@code NO_COLOR}, {@code TERM}, {@code COLUMNS}, and the
     * locale.
     *
     * @param isTerminal whether the stream is a terminal
     */
    public static Terminal of(boolean isTerminal, Map<String, String> environment) {
        if (!isTerminal) {
            return NONE;
        }
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        String columns = environment.getOrDefault("COLUMNS", "");
        int width = NUMBER.matcher(columns).matches() ? Math.max(Integer.parseInt(columns), MIN_WIDTH) : DEFAULT_WIDTH;
        return new Terminal(!dumb, !dumb && !plain, !dumb && isUtf8(environment), width);
    }

    /** The first of these variables that is set decides. Source: POSIX, "Internationalization Variables". */
    private static boolean isUtf8(Map<String, String> environment) {
        for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String locale = environment.getOrDefault(variable, "");
            if (!locale.isEmpty()) {
                String upper = locale.toUpperCase(Locale.ROOT);
                return upper.contains("UTF-8") || upper.contains("UTF8");
            }
        }
        return false;
    }

    public String bold(String text) {
        return paint(text, 1);
    }

    public String red(String text) {
        return paint(text, 31);
    }

    /** Returns the beginning of a line that fits. The line must have no colors. */
    public String cut(String line) {
        if (line.length() <= width) {
            return line;
        }
        String ellipsis = unicode ? "…" : "...";
        return line.substring(0, width - ellipsis.length()) + ellipsis;
    }

    String paint(String text, int code) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
