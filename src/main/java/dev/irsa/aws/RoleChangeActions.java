package dev.irsa.aws;

import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.plan.RoleChange;

/** Maps each change of a role to the IAM action that makes it. */
final class RoleChangeActions {
    private RoleChangeActions() {}

    static AwsAction of(RoleChange change) {
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
