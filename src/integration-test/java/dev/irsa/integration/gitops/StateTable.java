package dev.irsa.integration.gitops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the table of states in {@code docs/gitops.md}. */
final class StateTable {
    private static final String HEAD = "| state |";

    private StateTable() {}

    /** Returns the value of this column for each state, as a set, because a test may find several values. */
    static Map<String, Set<String>> column(String title) {
        List<List<String>> rows = lines().stream()
                .dropWhile(line -> !line.startsWith(HEAD))
                .takeWhile(line -> line.startsWith("|"))
                .map(StateTable::cells)
                .toList();
        int column = rows.getFirst().indexOf(title);
        Map<String, Set<String>> verdicts = new TreeMap<>();
        for (List<String> row : rows.subList(2, rows.size())) {
            for (String state : row.getFirst().split(", ", -1)) {
                verdicts.put(state, Set.of(row.get(column)));
            }
        }
        return verdicts;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).replace("`", "").split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("docs", "gitops.md"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the table of states", e);
        }
    }
}
