package dev.irsa.integration.monitoring;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the alert rules and the dashboard of the release. */
public final class MonitoringFiles {
    /** The files for users without the chart. */
    static final Path FOLDER = Path.of("deploy", "monitoring");

    public static final Path ALERTS = FOLDER.resolve("alerts.yaml");
    /** The alerts that are off by default. */
    static final Path OPTIONAL_ALERTS = FOLDER.resolve("alerts-unused-roles.yaml");

    public static final Path DASHBOARD = FOLDER.resolve("dashboard.json");

    private static final Pattern METRIC = Pattern.compile("\\b(?:irsa|jvm|process|reconciliations)_[a-z_]+");
    private static final Pattern PANEL_QUERY = Pattern.compile("\"expr\": \"(.*)\",");

    private MonitoringFiles() {}

    /** One alert rule. */
    record Alert(
            String name, String expr, String duration, Map<String, String> labels, Map<String, String> annotations) {}

    static List<Alert> alerts() {
        return Stream.of(ALERTS, OPTIONAL_ALERTS)
                .flatMap(file -> read(file, new TypeReference<Rules>() {}).groups().stream())
                .flatMap(group -> group.rules().stream())
                .map(rule -> new Alert(rule.alert(), rule.expr(), rule.duration(), rule.labels(), rule.annotations()))
                .toList();
    }

    record Rules(List<Group> groups) {}

    record Group(String name, List<Rule> rules) {}

    record Rule(
            String alert,
            String expr,

            @com.fasterxml.jackson.annotation.JsonProperty("for")
            String duration,

            Map<String, String> labels,
            Map<String, String> annotations) {}

    static <T> T read(Path file, TypeReference<T> type) {
        return Serialization.unmarshal(text(file), type);
    }

    /** Returns the names of the metrics in the rules and panels. */
    public static Set<String> queriedMetrics() {
        Set<String> names = new TreeSet<>();
        alerts().forEach(alert -> addNames(alert.expr(), names));
        queries().forEach(query -> addNames(query, names));
        return names;
    }

    /** Returns the queries of the panels. */
    public static List<String> queries() {
        return PANEL_QUERY
                .matcher(text(DASHBOARD))
                .results()
                .map(found -> found.group(1).replace("\\\"", "\""))
                .toList();
    }

    private static void addNames(String query, Set<String> names) {
        METRIC.matcher(query).results().map(MatchResult::group).forEach(names::add);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
