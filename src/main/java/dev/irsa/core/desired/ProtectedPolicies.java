package dev.irsa.core.desired;

import dev.irsa.core.policy.Glob;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The managed policies that cut off a compromised role. Detaching them would undo the incident response, so they stay on a
 * role although no spec names them.
 *
 * @param configured globs of the ARNs of the policies that an organization uses for that, besides those of AWS
 */
public record ProtectedPolicies(List<Glob> configured) {
    /** The quarantine policies of AWS and no others. */
    public static final ProtectedPolicies OF_AWS = new ProtectedPolicies(List.of());

    /** Source: the AWS Managed Policy Reference; those that only deny. */
    private static final Set<String> NAMES_OF_AWS = Set.of(
            "AWSDenyAll",
            "AWSCompromisedKeyQuarantine",
            "AWSCompromisedKeyQuarantineV2",
            "AWSCompromisedKeyQuarantineV3");

    private static final Pattern ONE_ACCOUNT = Pattern.compile("^(arn:[^:]*:iam::)[0-9]{12}(:.*)$");
    private static final String ANY_ACCOUNT = "?".repeat(12);

    private static final String AWS_MANAGED = ":iam::aws:policy/";

    public ProtectedPolicies {
        configured = List.copyOf(configured);
    }

    /** Returns the quarantine policies of AWS and those whose ARNs match one of these patterns. */
    public static ProtectedPolicies of(Collection<String> patterns) {
        return new ProtectedPolicies(patterns.stream().map(Glob::of).toList());
    }

    /** Returns short patterns of the ARNs of the quarantine policies of AWS, and of the versions that AWS may add. */
    public static List<String> patternsOfAws(String partition) {
        return List.of(
                "arn:" + partition + AWS_MANAGED + "AWSDenyAll", "arn:" + partition + AWS_MANAGED + "AWSCompromised*");
    }

    /**
     * Returns whether the policy is never detached. A role can have policies of its own account alone, so one that is configured stands
     * for those of the same path and name in every account.
     */
    public boolean protects(String policyArn) {
        return isOfAws(policyArn)
                || configured.stream().map(ProtectedPolicies::inAnyAccount).anyMatch(glob -> glob.matches(policyArn));
    }

    private static Glob inAnyAccount(Glob configured) {
        return Glob.of(ONE_ACCOUNT.matcher(configured.pattern()).replaceFirst("$1" + ANY_ACCOUNT + "$2"));
    }

    /** Returns whether it is a quarantine policy of AWS, which only denies. */
    public static boolean isOfAws(String policyArn) {
        int name = policyArn.indexOf(AWS_MANAGED);
        return name >= 0 && NAMES_OF_AWS.contains(policyArn.substring(name + AWS_MANAGED.length()));
    }
}
