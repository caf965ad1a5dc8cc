package dev.irsa.cli;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Reads the log level from the environment. For a word that it does not know, logback would log at DEBUG. */
public final class LogLevel {
    /** The environment variable or system property. */
    private static final String NAME = "IRSA_LOG_LEVEL";

    private static final String DEFAULT = "INFO";

    /** The levels of logback. */
    private static final List<String> KNOWN = List.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL");

    private LogLevel() {}

    /** Returns the level; the default if none is given or if it is not known. */
    static String current() {
        String given = given().toUpperCase(Locale.ROOT);
        return KNOWN.contains(given) ? given : DEFAULT;
    }

    /** Returns what is wrong with the given level; empty if it can be used. */
    public static Optional<String> problem() {
        String given = given();
        return given.isEmpty() || KNOWN.contains(given.toUpperCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of(NAME + "=\"" + given + "\": it must be " + String.join(" or ", KNOWN));
    }

    private static String given() {
        return System.getProperty(NAME, Objects.requireNonNullElse(System.getenv(NAME), ""));
    }
}
