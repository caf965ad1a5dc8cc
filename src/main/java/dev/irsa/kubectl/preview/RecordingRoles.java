package dev.irsa.kubectl.preview;

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
import dev.irsa.kubectl.preview.Preview.Service;
import dev.irsa.port.RoleReads;
import dev.irsa.port.Roles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records the changes to roles, and refuses what IAM would refuse because of what exists. */
final class RecordingRoles implements Roles {
    /** IAM has not assigned an id to a role that is only planned. */
    static final String UNASSIGNED = "unassigned";

    private final RoleReads reads;
    private final Recording recording;
    /** The policies of roles from which some are removed, read once. */
    private final Map<String, ObservedPolicies> policies = new HashMap<>();

    RecordingRoles(RoleReads reads, Recording recording) {
        this.reads = reads;
        this.recording = recording;
    }

    @Override
    public String create(CreateRole change) {
        if (role(change.roleName()).isPresent()) {
            throw new FailureException(new AwsFailure.AlreadyExists(
                    "role " + change.role().identity().arn()));
        }
        recording.add(change);
        return UNASSIGNED;
    }

    @Override
    public void apply(RoleChange change) {
        switch (change) {
            case DetachRolePolicy(String role, String arn) -> requirePolicy(role, arn);
            case DeleteRolePolicy(String role, String policy, var _) -> requirePolicy(role, policy);
            case DeleteRole(String role) -> requireUnused(role);
            default -> {
                // IAM accepts it for any role.
            }
        }
        recording.add(change);
    }

    /** A process that has just started plans to remove the policies of the spec, which the role may never have had. */
    private void requirePolicy(String role, String policy) {
        if (!remainingPolicies(role).contains(policy)) {
            throw new FailureException(
                    new AwsFailure.NotFound("the removal", "role " + role + " has no policy " + policy));
        }
    }

    /** IAM does not delete a role that has policies or is in instance profiles. */
    private void requireUnused(String role) {
        if (!remainingPolicies(role).isEmpty() || !instanceProfiles(role).isEmpty()) {
            throw new FailureException(new AwsFailure.RoleInUse("role " + role));
        }
    }

    /** Returns the policies that the role has, without those whose removal is recorded. */
    private Set<String> remainingPolicies(String role) {
        ObservedPolicies read = policies.computeIfAbsent(role, this::policies);
        Set<String> rest = new HashSet<>(read.attached());
        rest.addAll(read.inline().keySet());
        for (Change change : recording.changes()) {
            switch (change) {
                case DetachRolePolicy(String name, String arn) when name.equals(role) -> rest.remove(arn);
                case DeleteRolePolicy(String name, String policy, var _) when name.equals(role) -> rest.remove(policy);
                default -> {
                    // It removes no policy of the role.
                }
            }
        }
        return rest;
    }

    @Override
    public Optional<ObservedRole> role(String name) {
        return recording.read(Service.IAM, () -> reads.role(name));
    }

    @Override
    public Optional<CreatedRole> roleWithCreationTime(String name) {
        return recording.read(Service.IAM, () -> reads.roleWithCreationTime(name));
    }

    @Override
    public Optional<ObservedTrust> trust(String roleName) {
        return recording.read(Service.IAM, () -> reads.trust(roleName));
    }

    @Override
    public ObservedPolicies policies(String roleName) {
        return recording.read(Service.IAM, () -> reads.policies(roleName));
    }

    @Override
    public Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
        return recording.read(Service.IAM, () -> reads.inlinePolicy(roleName, policyName));
    }

    @Override
    public List<String> instanceProfiles(String roleName) {
        return recording.read(Service.IAM, () -> reads.instanceProfiles(roleName));
    }
}
