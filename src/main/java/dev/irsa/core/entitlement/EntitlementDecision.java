package dev.irsa.core.entitlement;

import dev.irsa.core.desired.Requirements;

/** The decision on a request. */
public sealed interface EntitlementDecision {
    /**
     * The request is allowed.
     *
     * @param requirements what the entitlement that allows all of it requires
     */
    record Allowed(Requirements requirements) implements EntitlementDecision {
        /** Returns the name of the entitlement. */
        public String by() {
            return requirements.entitlement();
        }
    }

    /**
     * The request is denied.
     *
     * @param why the reason, in words that a developer can act on
     */
    record Denied(String why) implements EntitlementDecision {}
}
