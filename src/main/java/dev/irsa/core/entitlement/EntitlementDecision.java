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
     * @param why the reason; it says what to do where only that helps
     * @param remedy what a developer can do in any case; empty if the reason says it
     */
    record Denied(String why, String remedy) implements EntitlementDecision {
        /** Returns the reason and the remedy. */
        public String message() {
            return remedy.isEmpty() ? why : why + "; " + remedy;
        }
    }
}
