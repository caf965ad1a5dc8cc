package dev.irsa.kubectl.report;

import dev.irsa.core.text.Documentation;
import dev.irsa.kubectl.output.OutputFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of a report. A file in a format has the name of the format as its extension. */
public enum ReportFormat {
    /** A page for people. */
    html(ReportPage.HEAD),
    /** The document for programs, which can be compared with a later report. */
    json("{\"kind\":\"" + AccessReport.KIND + "\""),
    /** A table for spreadsheets. */
    csv(ReportCsv.HEAD, ReportCsv.HEAD_OF_SEVERAL);

    private final String head;
    private final String headOfSeveral;

    ReportFormat(String head) {
        this(head, head);
    }

    ReportFormat(String head, String headOfSeveral) {
        this.head = head;
        this.headOfSeveral = headOfSeveral;
    }

    /** Returns the format of a file by its extension. */
    public static Optional<ReportFormat> ofFile(String name) {
        return Arrays.stream(values())
                .filter(format -> name.toLowerCase(Locale.ROOT).endsWith("." + format))
                .findFirst();
    }

    /** Returns how reports in this format begin, of one cluster and of several. */
    public List<String> heads() {
        return List.of(head, headOfSeveral);
    }

    /** Returns the report as text. */
    public String format(AccessReport report, Documentation documentation) {
        return switch (this) {
            case html -> ReportPage.format(report, documentation);
            case json -> OutputFormat.json.serialize(report);
            case csv -> ReportCsv.format(report);
        };
    }
}
