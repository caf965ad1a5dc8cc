package dev.irsa.kubectl.report;

import dev.irsa.core.access.BroadAccess;
import dev.irsa.core.text.Documentation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Formats a report as one HTML page that loads nothing. Its content security policy allows only the page's own script and style, by their
 * digests. The report is data in it, and the script shows all texts as text.
 */
public final class ReportPage {
    /** The beginning of every page, by which it is recognized. */
    static final String HEAD = "<!doctype html>\n<!-- AccessReport of kubectl irsa -->\n";

    private static final List<String> SCRIPTS =
            List.of("elements.js", "details.js", "picture.js", "table.js", "page.js");
    private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Z]+)}}");

    /** What could end the element with the data, or a line of a script. */
    private static final Map<String, String> ESCAPES =
            Map.of("<", "\\u003c", ">", "\\u003e", "&", "\\u0026", "\u2028", "\\u2028", "\u2029", "\\u2029");

    /** Half a surrogate pair could not be written as UTF-8. */
    private static final Pattern ESCAPED = Pattern.compile("[<>&\u2028\u2029\\p{Cs}]");

    private ReportPage() {}

    /** What the page shows. */
    private record Data(AccessReport report, List<Legend> flags, List<String> readingVerbs) {}

    /**
     * What a flag means.
     *
     * @param page the address of the page that explains it
     */
    private record Legend(Flag flag, String meaning, String page) {}

    /** Returns the page. */
    public static String format(AccessReport report, Documentation documentation) {
        String style = read("report.css");
        String script = SCRIPTS.stream().map(ReportPage::read).collect(Collectors.joining("\n"));
        Data data = new Data(
                report,
                Arrays.stream(Flag.values())
                        .map(flag -> new Legend(
                                flag,
                                flag.meaning(),
                                documentation.address() + flag.page().path()))
                        .toList(),
                BroadAccess.READING_VERBS);
        Map<String, String> parts = Map.of(
                "SCRIPTHASH", digest(script),
                "STYLEHASH", digest(style),
                "STYLE", style,
                "SCRIPT", script,
                "DATA", escape(Serialization.asJson(data)));
        return HEAD
                + PLACE.matcher(read("report.html"))
                        .replaceAll(
                                place -> Matcher.quoteReplacement(Objects.requireNonNull(parts.get(place.group(1)))));
    }

    /** Returns JSON that contains nothing that HTML treats specially. Outside of strings, JSON has none of these characters. */
    static String escape(String json) {
        return ESCAPED.matcher(json)
                .replaceAll(found -> Matcher.quoteReplacement(ESCAPES.getOrDefault(found.group(), "\\ufffd")));
    }

    private static String digest(String content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String read(String name) {
        try (InputStream file = ReportPage.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
