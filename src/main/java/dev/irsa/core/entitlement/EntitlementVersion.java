package dev.irsa.core.entitlement;

import dev.irsa.api.v1beta1.IamEntitlementSpec;

/**
 * One version of an entitlement. It stays the same if it is deleted and applied again.
 *
 * @param name the name of the entitlement
 * @param spec what it allowed in this version
 */
public record EntitlementVersion(String name, IamEntitlementSpec spec) {}
