package dev.irsa.core.entitlement;

import java.util.Optional;

/** Whether a request is allowed. */
public sealed interface EntitlementDecision {
    /**
     * It is.
     *
     * @param by the entitlement that allows all of it
     * @param boundary ARN of the permissions boundary that the role must have
     */
    record Allowed(String by, Optional<String> boundary) implements EntitlementDecision {}

    /**
     * It is not.
     *
     * @param why in words that a developer can act on
     */
    record Denied(String why) implements EntitlementDecision {}
}
