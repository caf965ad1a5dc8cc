package dev.irsa.kubectl.doctor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An action on a resource, such as {@code s3:GetObject=arn:aws:s3:::bucket/key}. */
public record RequestedAction(String action, String resource) {
    private static final Pattern FORM = Pattern.compile("([a-z0-9-]+:[A-Za-z0-9]+)(?:=(.+))?");

    /** Parses an action; without a resource, it stands for all resources. Returns empty if it has another form. */
    public static Optional<RequestedAction> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new RequestedAction(
                        parts.group(1), Optional.ofNullable(parts.group(2)).orElse("*")))
                : Optional.empty();
    }
}
