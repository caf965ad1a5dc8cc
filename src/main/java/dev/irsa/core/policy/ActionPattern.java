package dev.irsa.core.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The actions that one entry of an Action element matches: all actions, or those of one service whose names match a
 * glob. IAM ignores case in both. Following the Service Authorization Reference, action names consist of letters and
 * digits. Services may also have hyphens.
 *
 * @param text as written in the policy
 */
public record ActionPattern(String text) {
    private static final String EVERYTHING = "*";
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9*?]+");

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException with the message of {@link #problemOf}
     */
    public ActionPattern {
        problemOf(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** Returns why this text is not an action pattern, as a message that begins with the text; empty if it is valid. */
    public static Optional<String> problemOf(String text) {
        return reason(text).map(reason -> QuotedValue.of(text) + " " + reason);
    }

    private static Optional<String> reason(String text) {
        if (text.equals(EVERYTHING)) {
            return Optional.empty();
        }
        if (text.contains("${")) {
            return Optional.of("has a policy variable, which actions cannot have; write the full action");
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.of("is not an action; write service:Name, such as s3:GetObject, or a single *");
        }
        String service = text.substring(0, colon);
        String name = text.substring(colon + 1);
        if (service.contains("*") || service.contains("?")) {
            return Optional.of("has a wildcard in its service; write the full service, or a single *");
        }
        if (!SERVICE.matcher(service).matches()) {
            return Optional.of("has an invalid service before its colon; use letters, digits and hyphens");
        }
        if (name.isEmpty()) {
            return Optional.of("has no action name after its colon; write one, or " + service + ":* for all");
        }
        if (!NAME.matcher(name).matches()) {
            return Optional.of("has an invalid action name; use letters, digits and the wildcards * and ?");
        }
        return Optional.empty();
    }

    /** Returns whether the pattern matches all actions of all services. */
    public boolean isEverything() {
        return text.equals(EVERYTHING);
    }

    /** Returns the service in lower case; empty if the pattern matches all services. */
    public Optional<String> service() {
        return isEverything()
                ? Optional.empty()
                : Optional.of(text.substring(0, text.indexOf(':')).toLowerCase(Locale.ROOT));
    }

    /** Returns the glob for the action names within the service, or within every service. */
    public Glob names() {
        return Glob.ignoringCase(text.substring(text.indexOf(':') + 1));
    }

    @Override
    public String toString() {
        return text;
    }
}
