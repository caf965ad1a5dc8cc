package dev.irsa.core.plan;

import java.util.Set;

/**
 * The managed policies by which AWS or a security team cuts a compromised role off. Undoing that would undo the
 * incident response, so they stay on a role even though no spec names them.
 */
final class IncidentResponse {
    /** "AWS managed policies": those that only deny. */
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
