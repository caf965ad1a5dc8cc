package dev.irsa.fake;

import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.IamException;

/** The shape of every plain parameter: lengths, character sets and ranges of the IAM API Reference. */
final class NameRules {
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
    private static final Pattern PATH = Pattern.compile("(/)|(/[\\x21-\\x7E]+/)");
    private static final Pattern DESCRIPTION =
            Pattern.compile("[\\x09\\x0A\\x0D\\x20-\\x7E\\xA1-\\xFF]*", Pattern.DOTALL);
    private static final Pattern POLICY_ARN =
            Pattern.compile("arn:[a-z-]+:iam::(aws|\\d{12}):policy/([\\x21-\\x7E]+/)?[\\w+=,.@-]+");
    private static final int SHORTEST_SESSION = 3600;
    private static final int LONGEST_SESSION = 43_200;

    private NameRules() {}

    static void roleName(String name) {
        required("roleName", name);
        atMost("roleName", name, 64);
        matches("roleName", name, NAME, "It must contain only alphanumeric characters and/or the following: +=,.@_-");
    }

    static void policyName(String name) {
        required("policyName", name);
        atMost("policyName", name, 128);
        matches("policyName", name, NAME, "It must contain only alphanumeric characters and/or the following: +=,.@_-");
    }

    static void path(String path) {
        atMost("path", path, 512);
        matches(
                "path",
                path,
                PATH,
                "It must begin and end with / and contain only alphanumeric characters and/or / characters.");
    }

    static void description(String text) {
        atMost("description", text, 1000);
        if (!DESCRIPTION.matcher(text).matches()) {
            throw constraint(
                    "description",
                    text,
                    "Member must satisfy regular expression pattern: "
                            + "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");
        }
    }

    static void session(int seconds) {
        if (seconds < SHORTEST_SESSION) {
            throw constraint(
                    "maxSessionDuration",
                    Integer.toString(seconds),
                    "Member must have value greater than or equal to " + SHORTEST_SESSION);
        }
        if (seconds > LONGEST_SESSION) {
            throw constraint(
                    "maxSessionDuration",
                    Integer.toString(seconds),
                    "Member must have value less than or equal to " + LONGEST_SESSION);
        }
    }

    static void policyArn(String arn) {
        required("policyArn", arn);
        if (arn.length() < 20) {
            throw constraint("policyArn", arn, "Member must have length greater than or equal to 20");
        }
        if (!POLICY_ARN.matcher(arn).matches()) {
            throw IamErrors.validation("ARN " + arn + " is not valid.");
        }
    }

    /** White space and Latin-1 only: "IAM name requirements" in the quotas page of the IAM User Guide. */
    static void document(String document) {
        required("policyDocument", document);
        atMost("policyDocument", document, 131_072);
        IntPredicate allowed = c -> c == 0x09 || c == 0x0A || c == 0x0D || (c >= 0x20 && c <= 0xFF);
        if (!document.chars().allMatch(allowed)) {
            throw IamErrors.validation(
                    "The specified value for policyDocument is invalid. It must contain only printable"
                            + " ASCII characters.");
        }
    }

    static void atMost(String parameter, String value, int limit) {
        if (value.length() > limit) {
            throw constraint(parameter, value, "Member must have length less than or equal to " + limit);
        }
    }

    static void required(String parameter, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw constraint(parameter, "", "Member must have length greater than or equal to 1");
        }
    }

    static IamException constraint(String parameter, String value, String constraint) {
        return IamErrors.validation("1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s"
                .formatted(value, parameter, constraint));
    }

    private static void matches(String parameter, String value, Pattern pattern, String rule) {
        if (!pattern.matcher(value).matches()) {
            throw IamErrors.validation("The specified value for %s is invalid. %s".formatted(parameter, rule));
        }
    }

    /** What makes two names the same name to IAM. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
