package dev.irsa.integration.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts for each cause how often which cause was reported. */
final class ConfusionMatrix {
    private final List<Entry> entries = new ArrayList<>();

    /** An examination, with the name of the case. */
    record Entry(String name, String expected, String reported) {
        boolean isCorrect() {
            return expected.equals(reported);
        }
    }

    void add(String name, String expected, String reported) {
        entries.add(new Entry(name, expected, reported));
    }

    /** Returns what is beside the diagonal. */
    List<Entry> confused() {
        return entries.stream().filter(entry -> !entry.isCorrect()).toList();
    }

    /** Writes a table in Markdown: a row for each cause, a column for each report with the number of the cause's row. */
    void write(Path file) {
        List<String> causes = List.copyOf(causes());
        StringBuilder text = new StringBuilder("| | cause |");
        for (int column = 1; column <= causes.size(); column++) {
            text.append(' ').append(column).append(" |");
        }
        text.append(" cases |\n|---|---|").append("---|".repeat(causes.size())).append("---|\n");
        for (int row = 0; row < causes.size(); row++) {
            text.append(row(row + 1, causes.get(row), causes));
        }
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private SortedSet<String> causes() {
        SortedSet<String> causes = new TreeSet<>();
        entries.forEach(entry -> {
            causes.add(entry.expected());
            causes.add(entry.reported());
        });
        return causes;
    }

    private String row(int number, String expected, List<String> causes) {
        String counts = causes.stream()
                .map(reported -> Integer.toString(count(expected, reported)))
                .map(count -> count.equals("0") ? " · |" : " " + count + " |")
                .collect(Collectors.joining());
        String names = entries.stream()
                .filter(entry -> entry.expected().equals(expected))
                .map(Entry::name)
                .collect(Collectors.joining(", "));
        return "| " + number + " | " + expected + " |" + counts + " " + names + " |\n";
    }

    private int count(String expected, String reported) {
        return (int) entries.stream()
                .filter(entry ->
                        entry.expected().equals(expected) && entry.reported().equals(reported))
                .count();
    }
}
