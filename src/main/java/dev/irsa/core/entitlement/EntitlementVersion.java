package dev.irsa.core.entitlement;

import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.core.desired.Requirements;

/**
 * One version of an entitlement, as it applies to a namespace. It stays the same if it is deleted and applied again.
 *
 * @param spec what it allows in this version
 * @param requirements what it requires, which also depends on the labels of the namespace
 */
public record EntitlementVersion(IamEntitlementSpec spec, Requirements requirements) {
    /** Returns the name of the entitlement. */
    public String name() {
        return requirements.entitlement();
    }
}
