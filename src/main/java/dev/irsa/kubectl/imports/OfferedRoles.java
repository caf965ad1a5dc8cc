package dev.irsa.kubectl.imports;

import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.port.RoleReads;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Roles as they would be if each were offered to its resource. They were read in bulk, so that a plan reads none of them again.
 *
 * @param others the roles that were not read in bulk
 */
public record OfferedRoles(Map<String, Offered> byName, RoleReads others) implements RoleReads {
    public OfferedRoles {
        byName = Map.copyOf(byName);
    }

    /** @param to the value of the tag that offers the role */
    record Offered(LiveRole role, String to) {}

    @Override
    public Optional<ObservedRole> role(String name) {
        Optional<Offered> offered = Optional.ofNullable(byName.get(name));
        return offered.isPresent()
                ? offered.map(known -> known.role().withTag(OwnershipTags.ADOPTABLE_BY, known.to()))
                : others.role(name);
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
        return Optional.ofNullable(byName.get(roleName))
                .map(known -> known.role().policies())
                .orElseGet(() -> others.policies(roleName));
    }

    @Override
    public Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
        Offered offered = byName.get(roleName);
        return offered == null
                ? others.inlinePolicy(roleName, policyName)
                : Optional.ofNullable(offered.role().inline().get(policyName)).map(PolicyDocument::fingerprint);
    }

    @Override
    public List<String> instanceProfiles(String roleName) {
        return others.instanceProfiles(roleName);
    }
}
