package dev.irsa.core.plan;

import java.util.Set;

/**
 * The AWS managed policies that cut off a compromised role. Removing them would undo the incident response, so they stay on a
 * role although no spec names them.
 */
final class IncidentResponse {
    /** Source: the AWS Managed Policy Reference; those that only deny. */
    private static final Set<String> NAMES = Set.of(
            "AWSDenyAll",
            "AWSCompromisedKeyQuarantine",
            "AWSCompromisedKeyQuarantineV2",
            "AWSCompromisedKeyQuarantineV3");

    private IncidentResponse() {}

    static boolean isManagedDeny(String policyArn) {
        int name = policyArn.indexOf(":iam::aws:policy/");
        return name >= 0 && NAMES.contains(policyArn.substring(name + ":iam::aws:policy/".length()));
    }
}
