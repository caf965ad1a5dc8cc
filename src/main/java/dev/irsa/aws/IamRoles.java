package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.Roles;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.IamResponse;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Role;

/** Reads and changes roles through the IAM API. */
public final class IamRoles implements Roles {
    private static final Logger LOG = LoggerFactory.getLogger(IamRoles.class);

    /** For calls that grant access: the caller has to know of each that may have taken effect. */
    private static final AwsRequestOverrideConfiguration ONCE_UNLESS_THROTTLED =
            AwsRequestOverrideConfiguration.builder()
                    .addPlugin(new RetryOnlyWhenThrottled())
                    .build();

    private final IamClient iam;
    private final AwsCalls calls;
    private final RolePolicyReads policies;

    /** Uses this client; each call passes the interceptor. */
    public IamRoles(IamClient iam, CallInterceptor interceptor) {
        this.iam = iam;
        this.calls = new AwsCalls(interceptor);
        this.policies = new RolePolicyReads(iam, calls);
    }

    @Override
    public Optional<ObservedRole> role(String name) {
        return get(name).map(IamRoles::observed);
    }

    @Override
    public Optional<CreatedRole> roleWithCreationTime(String name) {
        return get(name).map(role -> new CreatedRole(observed(role), part(role.createDate(), AwsAction.GET_ROLE)));
    }

    @Override
    public Optional<ObservedTrust> trust(String roleName) {
        return get(roleName)
                .map(role -> new ObservedTrust(
                        part(role.arn(), AwsAction.GET_ROLE),
                        IamTags.seen(role.tags()),
                        PolicyDocumentReader.read(role.assumeRolePolicyDocument(), AwsAction.GET_ROLE)));
    }

    /** Returns a role as IAM describes it; empty when IAM has no role of that name. */
    public Optional<Role> get(String name) {
        try {
            Role role = calls.make(AwsAction.GET_ROLE, name, () -> iam.getRole(request -> request.roleName(name)))
                    .role();
            return Optional.of(part(role, AwsAction.GET_ROLE));
        } catch (FailureException e) {
            if (e.failure() instanceof AwsFailure.NotFound) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public ObservedPolicies policies(String roleName) {
        return policies.all(roleName);
    }

    @Override
    public Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
        return policies.inline(roleName, policyName);
    }

    @Override
    public List<String> instanceProfiles(String roleName) {
        return Paginator.all(AwsAction.LIST_INSTANCE_PROFILES_FOR_ROLE, marker -> {
            var page = calls.make(
                    AwsAction.LIST_INSTANCE_PROFILES_FOR_ROLE,
                    roleName,
                    () -> iam.listInstanceProfilesForRole(
                            request -> request.roleName(roleName).marker(marker)));
            return Paginator.Page.of(
                    page.instanceProfiles().stream()
                            .map(InstanceProfile::instanceProfileName)
                            .toList(),
                    page.isTruncated(),
                    page.marker());
        });
    }

    @Override
    public String create(RoleChange.CreateRole change) {
        DesiredRole role = change.role();
        CreateRoleResponse response = calls.make(
                AwsAction.CREATE_ROLE,
                role.name(),
                () -> iam.createRole(request -> request.roleName(role.name())
                        .path(role.identity().path())
                        .description(role.description().isEmpty() ? null : role.description())
                        .maxSessionDuration(role.maxSessionSeconds())
                        .permissionsBoundary(role.boundary().orElse(null))
                        .assumeRolePolicyDocument(role.trust().text())
                        .tags(IamTags.of(role.tags()))
                        .overrideConfiguration(ONCE_UNLESS_THROTTLED)));
        log(change, response);
        return part(part(response.role(), AwsAction.CREATE_ROLE).roleId(), AwsAction.CREATE_ROLE);
    }

    @Override
    public void apply(RoleChange change) {
        IamResponse response = calls.make(RoleChangeActions.of(change), change.roleName(), () -> switch (change) {
            case RoleChange.CreateRole create -> throw new IllegalArgumentException("use create() to create a role");
            case RoleChange.PutRolePermissionsBoundary(var name, String arn) ->
                iam.putRolePermissionsBoundary(request ->
                        request.roleName(name).permissionsBoundary(arn).overrideConfiguration(ONCE_UNLESS_THROTTLED));
            case RoleChange.UpdateAssumeRolePolicy(var name, PolicyDocument trust, var replaced) ->
                iam.updateAssumeRolePolicy(request -> request.roleName(name)
                        .policyDocument(trust.text())
                        .overrideConfiguration(ONCE_UNLESS_THROTTLED));
            case RoleChange.UpdateRole(var name, String description, int session) ->
                iam.updateRole(request -> request.roleName(name)
                        .description(description)
                        .maxSessionDuration(session)
                        .overrideConfiguration(ONCE_UNLESS_THROTTLED));
            case RoleChange.TagRole(var name, var tags) ->
                iam.tagRole(request ->
                        request.roleName(name).tags(IamTags.of(tags)).overrideConfiguration(ONCE_UNLESS_THROTTLED));
            case RoleChange.UntagRole(var name, var keys) ->
                iam.untagRole(request -> request.roleName(name).tagKeys(keys));
            case RoleChange.AttachRolePolicy(var name, String arn) ->
                iam.attachRolePolicy(
                        request -> request.roleName(name).policyArn(arn).overrideConfiguration(ONCE_UNLESS_THROTTLED));
            case RoleChange.PutRolePolicy(var name, String policy, PolicyDocument document) ->
                iam.putRolePolicy(request -> request.roleName(name)
                        .policyName(policy)
                        .policyDocument(document.text())
                        .overrideConfiguration(ONCE_UNLESS_THROTTLED));
            case RoleChange.DetachRolePolicy(var name, String arn) ->
                iam.detachRolePolicy(request -> request.roleName(name).policyArn(arn));
            case RoleChange.DeleteRolePolicy(var name, String policy) ->
                iam.deleteRolePolicy(request -> request.roleName(name).policyName(policy));
            case RoleChange.DeleteRole(var name) -> iam.deleteRole(request -> request.roleName(name));
        });
        log(change, response);
    }

    private static void log(RoleChange change, IamResponse response) {
        LOG.info(
                "{} [request {}]",
                change.describe(),
                response.responseMetadata().requestId());
    }

    private static ObservedRole observed(Role role) {
        SortedMap<String, String> tags = IamTags.seen(role.tags());
        boolean offered = tags.keySet().stream().anyMatch(OwnershipTags.ADOPTABLE_BY::equalsIgnoreCase);
        PolicyDocument trust = PolicyDocumentReader.read(role.assumeRolePolicyDocument(), AwsAction.GET_ROLE);
        return new ObservedRole(
                part(role.roleName(), AwsAction.GET_ROLE),
                part(role.path(), AwsAction.GET_ROLE),
                part(role.arn(), AwsAction.GET_ROLE),
                part(role.roleId(), AwsAction.GET_ROLE),
                Objects.requireNonNullElse(role.description(), ""),
                part(role.maxSessionDuration(), AwsAction.GET_ROLE),
                Optional.ofNullable(role.permissionsBoundary()).map(boundary -> boundary.permissionsBoundaryArn()),
                tags,
                trust.fingerprint(),
                offered ? Optional.of(trust) : Optional.empty());
    }
}
