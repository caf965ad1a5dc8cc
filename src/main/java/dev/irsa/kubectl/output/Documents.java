package dev.irsa.kubectl.output;

import dev.irsa.core.text.PlainText;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Serializes results for programs. Records become objects with their components in order. */
public final class Documents {
    private Documents() {}

    /** Returns the value as JSON or YAML, with a line break at its end. */
    public static String format(Object value, OutputFormat format) {
        return switch (format) {
            case json -> PlainText.json(Serialization.asJson(value)) + "\n";
            case yaml -> Serialization.asYaml(value);
            case table -> throw new IllegalArgumentException("a table is formatted by Table");
        };
    }
}
