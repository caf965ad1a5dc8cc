package dev.irsa.core.desired;

import dev.irsa.core.policy.Glob;
import java.util.Collection;
import java.util.List;
import java.util.Set;

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

    /** Returns whether the policy is never detached. */
    public boolean protects(String policyArn) {
        return isOfAws(policyArn) || configured.stream().anyMatch(glob -> glob.matches(policyArn));
    }

    /** Returns whether it is a quarantine policy of AWS, which only denies. */
    public static boolean isOfAws(String policyArn) {
        int name = policyArn.indexOf(AWS_MANAGED);
        return name >= 0 && NAMES_OF_AWS.contains(policyArn.substring(name + AWS_MANAGED.length()));
    }
}
