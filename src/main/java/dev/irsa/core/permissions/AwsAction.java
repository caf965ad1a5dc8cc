package dev.irsa.core.permissions;

/**
 * The AWS actions that the operator calls. The code calls no other methods of the AWS clients, and the operator's policy
 * grants no other actions.
 *
 * <p>Source of the names: "Service Authorization Reference".
 */
public enum AwsAction {
    GET_CALLER_IDENTITY("sts:GetCallerIdentity"),
    ASSUME_ROLE("sts:AssumeRole"),
    TAG_SESSION("sts:TagSession"),

    GET_ROLE("iam:GetRole"),
    LIST_ATTACHED_ROLE_POLICIES("iam:ListAttachedRolePolicies"),
    LIST_ROLE_POLICIES("iam:ListRolePolicies"),
    GET_ROLE_POLICY("iam:GetRolePolicy"),
    LIST_INSTANCE_PROFILES_FOR_ROLE("iam:ListInstanceProfilesForRole"),
    GET_ACCOUNT_AUTHORIZATION_DETAILS("iam:GetAccountAuthorizationDetails"),
    LIST_ROLES("iam:ListRoles"),
    GET_ACCOUNT_SUMMARY("iam:GetAccountSummary"),
    GET_POLICY("iam:GetPolicy"),
    GET_POLICY_VERSION("iam:GetPolicyVersion"),

    CREATE_ROLE("iam:CreateRole"),
    PUT_ROLE_PERMISSIONS_BOUNDARY("iam:PutRolePermissionsBoundary"),
    UPDATE_ASSUME_ROLE_POLICY("iam:UpdateAssumeRolePolicy"),
    UPDATE_ROLE("iam:UpdateRole"),
    TAG_ROLE("iam:TagRole"),
    UNTAG_ROLE("iam:UntagRole"),
    ATTACH_ROLE_POLICY("iam:AttachRolePolicy"),
    PUT_ROLE_POLICY("iam:PutRolePolicy"),
    DETACH_ROLE_POLICY("iam:DetachRolePolicy"),
    DELETE_ROLE_POLICY("iam:DeleteRolePolicy"),
    DELETE_ROLE("iam:DeleteRole"),

    LIST_OPEN_ID_CONNECT_PROVIDERS("iam:ListOpenIDConnectProviders"),
    GET_OPEN_ID_CONNECT_PROVIDER("iam:GetOpenIDConnectProvider"),
    CREATE_OPEN_ID_CONNECT_PROVIDER("iam:CreateOpenIDConnectProvider"),
    TAG_OPEN_ID_CONNECT_PROVIDER("iam:TagOpenIDConnectProvider"),
    ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER("iam:AddClientIDToOpenIDConnectProvider"),

    LIST_POD_IDENTITY_ASSOCIATIONS("eks:ListPodIdentityAssociations"),
    DESCRIBE_POD_IDENTITY_ASSOCIATION("eks:DescribePodIdentityAssociation"),
    CREATE_POD_IDENTITY_ASSOCIATION("eks:CreatePodIdentityAssociation"),
    UPDATE_POD_IDENTITY_ASSOCIATION("eks:UpdatePodIdentityAssociation"),
    DELETE_POD_IDENTITY_ASSOCIATION("eks:DeletePodIdentityAssociation"),
    EKS_TAG_RESOURCE("eks:TagResource"),
    PASS_ROLE("iam:PassRole");

    private final String id;

    AwsAction(String id) {
        this.id = id;
    }

    /** Returns the name in policies, such as {@code iam:CreateRole}. */
    public String id() {
        return id;
    }

    @Override
    public String toString() {
        return id;
    }
}
