package dev.irsa.reconcile.role;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.policy.BoundaryWarning;
import dev.irsa.core.policy.PermissionsBoundary;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.port.KnownPolicies;
import java.util.Optional;
import java.util.TreeMap;

/** Remarks that the permissions boundary of a role does not allow what its policies allow, as far as both are known. */
public record BoundaryRemark(KnownPolicies known) {
    /** Returns the remark; empty if there is nothing to remark. */
    public Optional<String> of(DesiredRole role) {
        return role.boundary().flatMap(known::boundary).flatMap(boundary -> of(role, boundary));
    }

    private Optional<String> of(DesiredRole role, PermissionsBoundary boundary) {
        TreeMap<String, PolicyDocument> policies = new TreeMap<>(role.inline());
        role.managed().forEach(arn -> known.attached(arn).ifPresent(document -> policies.put(arn, document)));
        return BoundaryWarning.of(boundary, policies);
    }
}
