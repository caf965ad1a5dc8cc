package dev.irsa.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.desired.DesiredRole;
import dev.irsa.failure.Failure;
import dev.irsa.plan.Change;
import dev.irsa.plan.Fate;
import dev.irsa.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;

/** Plans and documents as the golden files show them. */
final class Rendering {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Rendering() {}

    static List<String> changes(List<? extends Change> changes) {
        return changes.isEmpty()
                ? List.of("nothing to do")
                : changes.stream().map(Change::describe).toList();
    }

    static String obstacle(Failure failure) {
        return "obstacle: " + failure.reason() + (failure.stalled() ? ", stalled" : "") + ", tried again "
                + failure.retry() + ": " + failure.message();
    }

    static List<String> fate(Fate fate) {
        return switch (fate) {
            case Fate.Removed(var changes) -> with("fate: removed", changes);
            case Fate.Retained(var changes) -> with("fate: retained", changes);
            case Fate.NeverOurs(String why) -> List.of("fate: never ours: " + why);
            case Fate.Blocked(String why) -> List.of("fate: blocked: " + why);
        };
    }

    private static List<String> with(String fate, List<? extends Change> changes) {
        List<String> lines = new ArrayList<>();
        lines.add(fate);
        lines.addAll(changes(changes));
        return lines;
    }

    static String lines(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    /** All of a role but its policies, which the plan and {@code trust-policy.json} show. */
    static String role(DesiredRole role) {
        List<String> lines = new ArrayList<>();
        lines.add("name: " + role.name());
        lines.add("path: " + role.identity().path());
        lines.add("description: \"" + role.description() + "\"");
        lines.add("maxSessionSeconds: " + role.maxSessionSeconds());
        role.boundary().ifPresent(boundary -> lines.add("boundary: " + boundary));
        lines.add("tags:");
        role.tags().forEach((key, value) -> lines.add("  " + key + ": \"" + value + "\""));
        return lines(lines);
    }

    static String json(PolicyDocument document) {
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(indent)
                .withArrayIndenter(indent);
        try {
            return JSON.writer(printer).writeValueAsString(JSON.readTree(document.text())) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document is JSON", e);
        }
    }
}
