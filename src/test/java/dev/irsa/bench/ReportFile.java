package dev.irsa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page written by hand, with parts between markers that a measurement replaces. */
public record ReportFile(Path path) {
    /** Replaces what stands between {@code <!-- begin: name -->} and {@code <!-- end: name -->}. */
    public void replace(String part, String content) throws IOException {
        Files.writeString(path, replaced(Files.readString(path), part, content));
    }

    /** The page with that part replaced. */
    public static String replaced(String page, String part, String content) {
        var begin = "<!-- begin: " + part + " -->\n";
        var end = "<!-- end: " + part + " -->";
        var from = page.indexOf(begin);
        var to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException("there are no markers for '" + part + "': " + begin + "and " + end);
        }
        return page.substring(0, from) + begin + "\n" + content.strip() + "\n\n" + page.substring(to);
    }
}
