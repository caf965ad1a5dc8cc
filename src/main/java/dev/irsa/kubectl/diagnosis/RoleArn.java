package dev.irsa.kubectl.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a role's ARN. Its path may contain every printable character of ASCII, such as a colon.
 *
 * @param partition such as aws
 * @param account twelve digits
 * @param path begins and ends with a slash
 */
public record RoleArn(String partition, String account, String path, String name) {
    private static final Pattern FORM =
            Pattern.compile("arn:(aws[a-z-]*):iam::([0-9]{12}):role(/(?:[!-~]+/)?)([\\w+=,.@-]{1,64})");

    /** Returns the parts; empty if the text is no ARN of a role. */
    public static Optional<RoleArn> of(String arn) {
        Matcher matcher = FORM.matcher(arn);
        return matcher.matches()
                ? Optional.of(new RoleArn(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
                : Optional.empty();
    }

    /**
     * Returns the ARN of an OIDC provider in the account of the role.
     *
     * @param issuer without its scheme
     */
    public String oidcProvider(String issuer) {
        return "arn:" + partition + ":iam::" + account + ":oidc-provider/" + issuer;
    }

    /** Returns the path and the name, without the slash at the beginning. */
    public String pathAndName() {
        return path.substring(1) + name;
    }
}
