package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.Roles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.IamResponse;

/** Reads and changes roles through the IAM API. */
public final class IamRoles extends IamRoleReads implements Roles {
    private static final Logger LOG = LoggerFactory.getLogger(IamRoles.class);

    /**
     * For calls that grant access: the caller has to know of each that may have taken effect. Each account has its own, because it slows
     * down to the rate that AWS allows there.
     */
    private final AwsRequestOverrideConfiguration onceUnlessThrottled = AwsRequestOverrideConfiguration.builder()
            .addPlugin(new RetryOnlyWhenThrottled())
            .build();

    /** Uses this client; each call passes the interceptor. */
    public IamRoles(IamClient iam, CallInterceptor interceptor) {
        super(iam, interceptor);
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
                        .overrideConfiguration(onceUnlessThrottled)));
        log(change, response);
        return part(part(response.role(), AwsAction.CREATE_ROLE).roleId(), AwsAction.CREATE_ROLE);
    }

    @Override
    public void apply(RoleChange change) {
        IamResponse response = calls.make(action(change), change.roleName(), () -> switch (change) {
            case RoleChange.CreateRole create -> throw new IllegalArgumentException("use create() to create a role");
            case RoleChange.PutRolePermissionsBoundary(var name, String arn) ->
                iam.putRolePermissionsBoundary(request ->
                        request.roleName(name).permissionsBoundary(arn).overrideConfiguration(onceUnlessThrottled));
            case RoleChange.UpdateAssumeRolePolicy(var name, PolicyDocument trust, var replaced) ->
                iam.updateAssumeRolePolicy(request ->
                        request.roleName(name).policyDocument(trust.text()).overrideConfiguration(onceUnlessThrottled));
            case RoleChange.UpdateRole(var name, String description, int session) ->
                iam.updateRole(request -> request.roleName(name)
                        .description(description)
                        .maxSessionDuration(session)
                        .overrideConfiguration(onceUnlessThrottled));
            case RoleChange.TagRole(var name, var tags) ->
                iam.tagRole(request ->
                        request.roleName(name).tags(IamTags.of(tags)).overrideConfiguration(onceUnlessThrottled));
            case RoleChange.UntagRole(var name, var keys) ->
                iam.untagRole(request -> request.roleName(name).tagKeys(keys));
            case RoleChange.AttachRolePolicy(var name, String arn) ->
                iam.attachRolePolicy(
                        request -> request.roleName(name).policyArn(arn).overrideConfiguration(onceUnlessThrottled));
            case RoleChange.PutRolePolicy(var name, String policy, PolicyDocument document) ->
                iam.putRolePolicy(request -> request.roleName(name)
                        .policyName(policy)
                        .policyDocument(document.text())
                        .overrideConfiguration(onceUnlessThrottled));
            case RoleChange.DetachRolePolicy(var name, String arn) ->
                iam.detachRolePolicy(request -> request.roleName(name).policyArn(arn));
            case RoleChange.DeleteRolePolicy(var name, String policy, var _) ->
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

    /** Returns the action of IAM that makes a change. */
    static AwsAction action(RoleChange change) {
        return switch (change) {
            case RoleChange.CreateRole create -> AwsAction.CREATE_ROLE;
            case RoleChange.PutRolePermissionsBoundary put -> AwsAction.PUT_ROLE_PERMISSIONS_BOUNDARY;
            case RoleChange.UpdateAssumeRolePolicy update -> AwsAction.UPDATE_ASSUME_ROLE_POLICY;
            case RoleChange.UpdateRole update -> AwsAction.UPDATE_ROLE;
            case RoleChange.TagRole tag -> AwsAction.TAG_ROLE;
            case RoleChange.UntagRole untag -> AwsAction.UNTAG_ROLE;
            case RoleChange.AttachRolePolicy attach -> AwsAction.ATTACH_ROLE_POLICY;
            case RoleChange.PutRolePolicy put -> AwsAction.PUT_ROLE_POLICY;
            case RoleChange.DetachRolePolicy detach -> AwsAction.DETACH_ROLE_POLICY;
            case RoleChange.DeleteRolePolicy delete -> AwsAction.DELETE_ROLE_POLICY;
            case RoleChange.DeleteRole delete -> AwsAction.DELETE_ROLE;
        };
    }
}
