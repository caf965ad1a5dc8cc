package dev.irsa.core.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The actions that one entry of an Action element stands for: all, or those of one service whose names a glob
 * accepts. IAM ignores case in both. Services and actions have the characters that the Service Authorization
 * Reference knows: letters and digits, and hyphens in services.
 *
 * @param text as it was written
 */
public record ActionPattern(String text) {
    private static final String EVERYTHING = "*";
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9*?]+");

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException with the words of {@link #problemOf}
     */
    public ActionPattern {
        problemOf(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** Why this text is no pattern of actions, in words that begin with it; empty when it is one. */
    public static Optional<String> problemOf(String text) {
        return reason(text).map(reason -> QuotedValue.of(text) + " " + reason);
    }

    private static Optional<String> reason(String text) {
        if (text.equals(EVERYTHING)) {
            return Optional.empty();
        }
        if (text.contains("${")) {
            return Optional.of("holds a policy variable, which actions cannot; write the action out");
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.of("is no action; write service:Name, such as s3:GetObject, or a lone *");
        }
        String service = text.substring(0, colon);
        String name = text.substring(colon + 1);
        if (service.contains("*") || service.contains("?")) {
            return Optional.of("has a wildcard in its service; write the service out, or a lone *");
        }
        if (!SERVICE.matcher(service).matches()) {
            return Optional.of("has no service before its colon that IAM could know: letters, digits and hyphens");
        }
        if (name.isEmpty()) {
            return Optional.of("names no action behind its colon; write one, or " + service + ":* for all");
        }
        if (!NAME.matcher(name).matches()) {
            return Optional.of("names no action that IAM could know: letters, digits and the wildcards * and ?");
        }
        return Optional.empty();
    }

    /** Whether it stands for all actions of all services. */
    public boolean isEverything() {
        return text.equals(EVERYTHING);
    }

    /** The service in lower case; empty when all are meant. */
    public Optional<String> service() {
        return isEverything()
                ? Optional.empty()
                : Optional.of(text.substring(0, text.indexOf(':')).toLowerCase(Locale.ROOT));
    }

    /** The names of its actions within the service, or within any. */
    public Glob names() {
        return Glob.ignoringCase(text.substring(text.indexOf(':') + 1));
    }

    @Override
    public String toString() {
        return text;
    }
}
