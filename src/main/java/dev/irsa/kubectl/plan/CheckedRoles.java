package dev.irsa.kubectl.plan;

import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.RoleReads;
import java.util.List;
import java.util.Optional;

/** Roles whose failed reads are remembered. */
record CheckedRoles(RoleReads roles, ReadCheck iam) implements RoleReads {
    @Override
    public Optional<ObservedRole> role(String name) {
        return iam.check(() -> roles.role(name));
    }

    @Override
    public Optional<CreatedRole> roleWithCreationTime(String name) {
        return iam.check(() -> roles.roleWithCreationTime(name));
    }

    @Override
    public Optional<ObservedTrust> trust(String roleName) {
        return iam.check(() -> roles.trust(roleName));
    }

    @Override
    public ObservedPolicies policies(String roleName) {
        return iam.check(() -> roles.policies(roleName));
    }

    @Override
    public Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
        return iam.check(() -> roles.inlinePolicy(roleName, policyName));
    }

    @Override
    public List<String> instanceProfiles(String roleName) {
        return iam.check(() -> roles.instanceProfiles(roleName));
    }
}
