package dev.irsa.plugin.plan;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.RoleReads;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Remembers why IAM could not be read. A reconcile would report that as a problem of the operator, and not of the user. */
final class CheckedRoles implements RoleReads {
    private final RoleReads roles;
    private Optional<Failure> failure = Optional.empty();

    CheckedRoles(RoleReads roles) {
        this.roles = roles;
    }

    /** Returns why a read failed since the last {@link #reset}. */
    Optional<Failure> failure() {
        return failure;
    }

    void reset() {
        failure = Optional.empty();
    }

    @Override
    public Optional<ObservedRole> role(String name) {
        return check(() -> roles.role(name));
    }

    @Override
    public Optional<CreatedRole> roleWithCreationTime(String name) {
        return check(() -> roles.roleWithCreationTime(name));
    }

    @Override
    public ObservedPolicies policies(String roleName) {
        return check(() -> roles.policies(roleName));
    }

    @Override
    public Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
        return check(() -> roles.inlinePolicy(roleName, policyName));
    }

    @Override
    public List<String> instanceProfiles(String roleName) {
        return check(() -> roles.instanceProfiles(roleName));
    }

    private <T> T check(Supplier<T> read) {
        try {
            return read.get();
        } catch (FailureException e) {
            failure = Optional.of(e.failure());
            throw e;
        }
    }
}
