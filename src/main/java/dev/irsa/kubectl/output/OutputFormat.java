package dev.irsa.kubectl.output;

import dev.irsa.core.text.PlainText;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The output formats of {@code kubectl irsa}. */
public enum OutputFormat {
    /** For people. */
    table,
    /** For people who want to see more columns. Only some commands have any. */
    wide,
    /** For programs. */
    json,
    /** For programs and people. */
    yaml;

    /** Returns whether the result is a table, and not a document. */
    public boolean isTable() {
        return this == table || this == wide;
    }

    /** Serializes a result for programs, with a line break at its end. Records become objects with their components in order. */
    public String serialize(Object result) {
        return switch (this) {
            case json -> PlainText.json(Serialization.asJson(result)) + "\n";
            case yaml -> Serialization.asYaml(result);
            case table, wide -> throw new IllegalArgumentException("a table is formatted by Table");
        };
    }
}
