package dev.irsa.port;

import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Decorator that intercepts writes to IAM. Reads pass through unchanged. */
public abstract class RolesDecorator implements Roles {
    private final Roles roles;

    /** Intercepts the writes to these roles. */
    protected RolesDecorator(Roles roles) {
        this.roles = roles;
    }

    /** Makes the change by running the call; returns its result. */
    protected abstract <T> T write(RoleChange change, Supplier<T> call);

    @Override
    public final String create(RoleChange.CreateRole change) {
        return write(change, () -> roles.create(change));
    }

    @Override
    public final void apply(RoleChange change) {
        RoleChange _ = write(change, () -> {
            roles.apply(change);
            return change;
        });
    }

    @Override
    public final Optional<ObservedRole> role(String name) {
        return roles.role(name);
    }

    @Override
    public final Optional<CreatedRole> roleWithCreationTime(String name) {
        return roles.roleWithCreationTime(name);
    }

    @Override
    public final Optional<ObservedTrust> trust(String roleName) {
        return roles.trust(roleName);
    }

    @Override
    public final ObservedPolicies policies(String roleName) {
        return roles.policies(roleName);
    }

    @Override
    public final Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
        return roles.inlinePolicy(roleName, policyName);
    }

    @Override
    public final List<String> instanceProfiles(String roleName) {
        return roles.instanceProfiles(roleName);
    }
}
