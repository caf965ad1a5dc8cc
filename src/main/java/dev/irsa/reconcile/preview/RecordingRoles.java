package dev.irsa.reconcile.preview;

import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.core.plan.RoleChange.DeleteRole;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.RoleReads;
import dev.irsa.port.Roles;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records the changes to roles, and refuses what IAM would refuse because of what exists. */
final class RecordingRoles implements Roles {
    /** IAM has not assigned an id to a role that is only planned. */
    static final String UNASSIGNED = "unassigned";

    private final RoleReads reads;
    private final RecordedWrites writes;

    RecordingRoles(RoleReads reads, RecordedWrites writes) {
        this.reads = reads;
        this.writes = writes;
    }

    @Override
    public String create(CreateRole change) {
        if (reads.role(change.roleName()).isPresent()) {
            throw new FailureException(new AwsFailure.AlreadyExists(
                    "role " + change.role().identity().arn()));
        }
        writes.add(change);
        return UNASSIGNED;
    }

    @Override
    public void apply(RoleChange change) {
        if (change instanceof DeleteRole(String role) && isInUse(role)) {
            throw new FailureException(new AwsFailure.RoleInUse("role " + role));
        }
        writes.add(change);
    }

    /** Returns whether the role would still have policies or instance profiles, with which IAM does not delete it. */
    private boolean isInUse(String role) {
        ObservedPolicies policies = reads.policies(role);
        Set<String> rest = new HashSet<>(policies.attached());
        rest.addAll(policies.inline().keySet());
        for (Change change : writes.changes()) {
            switch (change) {
                case DetachRolePolicy(String name, String arn) when name.equals(role) -> rest.remove(arn);
                case DeleteRolePolicy(String name, String policy) when name.equals(role) -> rest.remove(policy);
                default -> {
                    // It removes no policy of the role.
                }
            }
        }
        return !rest.isEmpty() || !reads.instanceProfiles(role).isEmpty();
    }

    @Override
    public Optional<ObservedRole> role(String name) {
        return reads.role(name);
    }

    @Override
    public Optional<CreatedRole> roleWithCreationTime(String name) {
        return reads.roleWithCreationTime(name);
    }

    @Override
    public Optional<ObservedTrust> trust(String roleName) {
        return reads.trust(roleName);
    }

    @Override
    public ObservedPolicies policies(String roleName) {
        return reads.policies(roleName);
    }

    @Override
    public Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
        return reads.inlinePolicy(roleName, policyName);
    }

    @Override
    public List<String> instanceProfiles(String roleName) {
        return reads.instanceProfiles(roleName);
    }
}
