package dev.irsa.aws;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what EKS reports only in the text of its error messages. */
final class EksErrorMessages {
    /** "Association already exists: a-kyevsbqhrnchy79jw". */
    private static final Pattern ASSOCIATION = Pattern.compile("Association already exists: (a-[a-z0-9]+)");

    /** "No cluster found for name: prod." */
    private static final Pattern MISSING_CLUSTER = Pattern.compile("No cluster found for name: ([A-Za-z0-9_-]+)");

    private EksErrorMessages() {}

    /** Returns the ID of the association that is in the way of a new one. */
    static Optional<String> existingAssociation(String message) {
        return first(ASSOCIATION, message);
    }

    /** Returns the name of the cluster that does not exist. */
    static Optional<String> missingCluster(String message) {
        return first(MISSING_CLUSTER, message);
    }

    private static Optional<String> first(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? Optional.of(Objects.requireNonNull(matcher.group(1))) : Optional.empty();
    }
}
