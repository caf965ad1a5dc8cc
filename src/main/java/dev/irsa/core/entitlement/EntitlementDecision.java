package dev.irsa.core.entitlement;

import java.util.Optional;

/** The decision on a request. */
public sealed interface EntitlementDecision {
    /**
     * The request is allowed.
     *
     * @param by the name of the entitlement that allows all of it
     * @param boundary ARN of the permissions boundary that the role must have
     */
    record Allowed(String by, Optional<String> boundary) implements EntitlementDecision {}

    /**
     * The request is denied.
     *
     * @param why the reason, in words that a developer can act on
     */
    record Denied(String why) implements EntitlementDecision {}
}
