package dev.irsa.kubectl.plan;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.RoleReads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The roles as the resources in the cluster ask for them. They stand in for those in IAM if the user cannot read IAM, so that a
 * plan shows what an edit of a resource changes.
 */
record LastAppliedRoles(Map<String, RoleState> byName) implements RoleReads {
    /** No roles. */
    static final LastAppliedRoles NONE = new LastAppliedRoles(Map.of());

    LastAppliedRoles {
        byName = Map.copyOf(byName);
    }

    @Override
    public Optional<ObservedRole> role(String name) {
        return state(name).map(RoleState::role);
    }

    @Override
    public Optional<CreatedRole> roleWithCreationTime(String name) {
        return role(name).map(role -> new CreatedRole(role, Instant.EPOCH));
    }

    /** Fails as if the role were not readable, because what a resource asks for does not show a role of others. */
    @Override
    public Optional<ObservedTrust> trust(String roleName) {
        throw new FailureException(new Failure.AccessDenied(AwsAction.GET_ROLE.id(), "AWS is not read"));
    }

    @Override
    public ObservedPolicies policies(String roleName) {
        return state(roleName).map(RoleState::policies).orElse(ObservedPolicies.NONE);
    }

    @Override
    public Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
        return Optional.ofNullable(policies(roleName).inline().get(policyName));
    }

    @Override
    public List<String> instanceProfiles(String roleName) {
        return List.of();
    }

    private Optional<RoleState> state(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
