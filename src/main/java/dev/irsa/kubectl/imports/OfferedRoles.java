package dev.irsa.kubectl.imports;

import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.RoleReads;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Roles as they would be if each were offered to its resource. They were read in bulk, so that a plan reads none of them again.
 *
 * @param others the roles that were not read in bulk
 */
public record OfferedRoles(Map<String, RoleState> byName, RoleReads others) implements RoleReads {
    public OfferedRoles {
        byName = Map.copyOf(byName);
    }

    @Override
    public Optional<ObservedRole> role(String name) {
        return byName.containsKey(name) ? Optional.of(byName.get(name).role()) : others.role(name);
    }

    @Override
    public Optional<CreatedRole> roleWithCreationTime(String name) {
        return others.roleWithCreationTime(name);
    }

    @Override
    public Optional<ObservedTrust> trust(String roleName) {
        return others.trust(roleName);
    }

    @Override
    public ObservedPolicies policies(String roleName) {
        return byName.containsKey(roleName) ? byName.get(roleName).policies() : others.policies(roleName);
    }

    @Override
    public Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
        return byName.containsKey(roleName)
                ? Optional.ofNullable(byName.get(roleName).policies().inline().get(policyName))
                : others.inlinePolicy(roleName, policyName);
    }

    @Override
    public List<String> instanceProfiles(String roleName) {
        return others.instanceProfiles(roleName);
    }
}
