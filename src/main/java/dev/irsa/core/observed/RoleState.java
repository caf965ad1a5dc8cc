package dev.irsa.core.observed;

import dev.irsa.core.policy.PolicyFingerprint;

/** The state of an existing role, as the planner needs it. */
public record RoleState(ObservedRole role, ObservedPolicies policies) {
    /** Returns the fingerprint of the trust policy. */
    public PolicyFingerprint trust() {
        return role.trust();
    }
}
