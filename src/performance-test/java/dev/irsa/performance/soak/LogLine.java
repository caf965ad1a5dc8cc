package dev.irsa.performance.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A warning or an error in the operator's log.
 *
 * @param about namespace and name of the resource, if any
 * @param trace whether it has a stack trace
 */
record LogLine(Instant at, String level, String logger, String about, String message, boolean trace) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> HARMLESS = Set.of("TRACE", "DEBUG", "INFO");

    /** Reads a log in JSON. A line that is not JSON comes from the JVM and counts as an error at the end of time. */
    static List<LogLine> warnings(String log) {
        return log.lines()
                .filter(line -> !line.isBlank())
                .map(LogLine::of)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<LogLine> of(String text) {
        try {
            JsonNode line = JSON.readTree(text);
            String level = line.path("level").asText();
            return HARMLESS.contains(level)
                    ? Optional.empty()
                    : Optional.of(new LogLine(
                            Instant.ofEpochMilli(line.path("timestamp").asLong()),
                            level,
                            line.path("loggerName").asText(),
                            about(line.path("mdc")),
                            line.path("formattedMessage").asText(),
                            line.hasNonNull("throwable")));
        } catch (JsonProcessingException e) {
            return Optional.of(new LogLine(Instant.MAX, "ERROR", "", "", text, false));
        }
    }

    private static String about(JsonNode mdc) {
        return mdc.hasNonNull("name")
                ? mdc.path("namespace").asText() + "/" + mdc.path("name").asText()
                : "";
    }

    /** Formats the line for the report. */
    String text() {
        return at + " " + level + " " + logger.replaceAll(".*\\.", "") + ": " + about + " "
                + message.replaceAll("(?s)\\s+", " ") + (trace ? " (with a stack trace)" : "");
    }
}
