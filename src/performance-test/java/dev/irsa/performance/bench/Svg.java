package dev.irsa.performance.bench;

import java.util.List;
import java.util.Locale;

/** Parts of drawings in SVG, which are legible on a phone and follow the color scheme of the page that shows them. */
final class Svg {
    /** Colors that are visible on white and on black. */
    static final List<String> COLOURS = List.of("#2f81f7", "#e8590c", "#2da44e", "#a371f7");

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #24292f; }
              .title { font-size: 15px; font-weight: bold; }
              .axis { stroke: #57606a; }
              .grid { stroke: #57606a; opacity: 0.25; }
              @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .axis, .grid { stroke: #9198a1; } }
            </style>
            """;

    private Svg() {}

    static String document(int width, int height, String title, String parts) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-label="%3$s">
                %4$s%5$s
                </svg>
                """.formatted(width, height, escaped(title), STYLE, parts);
    }

    static String rule(double x1, double y1, double x2, double y2, String kind) {
        return """
                <line x1="%s" y1="%s" x2="%s" y2="%s" class="%s"/>""".formatted(decimal(x1), decimal(y1), decimal(x2), decimal(y2), kind);
    }

    static String text(double x, double y, String kind, String anchor, String text) {
        return """
                <text x="%s" y="%s" class="%s" text-anchor="%s">%s</text>""".formatted(decimal(x), decimal(y), kind, anchor, escaped(text));
    }

    static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : Double.toString(Math.round(value * 100) / 100.0);
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
