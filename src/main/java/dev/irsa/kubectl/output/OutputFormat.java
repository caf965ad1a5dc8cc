package dev.irsa.kubectl.output;

/** The output formats of {@code kubectl irsa}. */
public enum OutputFormat {
    /** For people. */
    table,
    /** For programs. */
    json,
    /** For programs and people. */
    yaml
}
