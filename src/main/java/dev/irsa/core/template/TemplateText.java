package dev.irsa.core.template;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A string of a document, as parsed from JSON.
 *
 * @param path where it is in the document
 * @param text with placeholders
 * @param rule whether it may have placeholders
 */
record TemplateText(String path, String text, PlaceholderRule rule) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([A-Za-z][A-Za-z0-9]*)}}");

    /** Returns the placeholders in order. The first group of each is its name. */
    List<MatchResult> placeholders() {
        return PLACEHOLDER.matcher(text).results().toList();
    }

    List<String> names() {
        return placeholders().stream().map(placeholder -> placeholder.group(1)).toList();
    }

    /** Returns whether it contains the beginning or end of a placeholder. */
    boolean hasMark() {
        return hasMark(text);
    }

    /** Returns whether it contains the beginning or end of a placeholder that is not part of one. */
    boolean hasStrayMark() {
        return hasMark(PLACEHOLDER.matcher(text).replaceAll(" "));
    }

    private static boolean hasMark(String text) {
        return text.contains("{{") || text.contains("}}");
    }

    /** Replaces each placeholder by its value, once: a value is never searched for placeholders. */
    static String render(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(placeholder -> Matcher.quoteReplacement(values.get(placeholder.group(1))));
    }
}
