package dev.irsa.reconcile.authorization;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.Failure;
import java.util.Optional;

/**
 * A role that an entitlement allows.
 *
 * @param role the role, with what the entitlement requires and the policies of its templates
 * @param grant which versions of entitlements allow it
 * @param freeze why the role must stay as it is; empty if it need not
 */
public record Authorized(DesiredRole role, Grant grant, Optional<Failure> freeze) {}
