package dev.irsa.core.desired;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A role that others manage and to which the operator never writes.
 *
 * @param arn its ARN, as the spec names it
 * @param partition aws, aws-cn, aws-us-gov, or one of the isolated ones
 * @param account twelve digits
 * @param path begins and ends with a slash
 * @param name 1 to 64 characters
 */
public record ExternalRole(String arn, String partition, String account, String path, String name) {
    private static final String PREFIX = "arn:(aws(?:-[a-z]+)*):iam::([0-9]{12}):role";
    private static final Pattern ARN =
            Pattern.compile(PREFIX + "(/(?:[A-Za-z0-9_+=,.@-]+/)*)([A-Za-z0-9_+=,.@-]{1,64})");
    private static final Pattern GLOB = Pattern.compile(PREFIX + "/(?:[A-Za-z0-9_+=,.@*?-]+/)*[A-Za-z0-9_+=,.@*?-]+");

    /** Parses an ARN; returns empty if it is not that of exactly one role. */
    public static Optional<ExternalRole> parse(String arn) {
        Matcher parts = ARN.matcher(arn);
        return parts.matches()
                ? Optional.of(new ExternalRole(arn, parts.group(1), parts.group(2), parts.group(3), parts.group(4)))
                : Optional.empty();
    }

    /** Returns whether a text is a glob for such ARNs: with a literal partition and account, and wildcards only after them. */
    public static boolean isGlob(String text) {
        return GLOB.matcher(text).matches();
    }

    /** Returns whether the role is in this account, where the operator can read it. */
    public boolean isIn(AwsAccount other) {
        return account.equals(other.id()) && partition.equals(other.partition());
    }

    /** Returns whether its path begins with this one. The case is ignored, so that no spelling of a path gets past a check. */
    boolean isUnder(String prefix) {
        return path.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
    }
}
