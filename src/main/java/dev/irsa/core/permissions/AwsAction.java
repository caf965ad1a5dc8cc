package dev.irsa.core.permissions;

/**
 * The AWS actions that the operator calls. The code calls no other methods of the AWS clients, and the operator's policy
 * grants no other actions.
 *
 * <p>Source of the names: "Service Authorization Reference".
 */
public enum AwsAction {
    GET_CALLER_IDENTITY(
            "sts:GetCallerIdentity",
            "Reads the account ID and the operator's own role; AWS requires no permission for it."),

    GET_ROLE("iam:GetRole", "Reads the owner and the state of a role before changing it."),
    LIST_ATTACHED_ROLE_POLICIES("iam:ListAttachedRolePolicies", "Reads which managed policies a role has."),
    LIST_ROLE_POLICIES("iam:ListRolePolicies", "Reads which inline policies a role has."),
    GET_ROLE_POLICY("iam:GetRolePolicy", "Compares an inline policy with the spec."),
    LIST_INSTANCE_PROFILES_FOR_ROLE(
            "iam:ListInstanceProfilesForRole",
            "Reports the instance profiles that block the deletion of a role; the operator does not remove them."),
    GET_ACCOUNT_AUTHORIZATION_DETAILS(
            "iam:GetAccountAuthorizationDetails", "Detects drift of all roles with a few calls."),
    LIST_ROLES(
            "iam:ListRoles",
            "Reads session durations and descriptions, which GetAccountAuthorizationDetails does not return."),

    CREATE_ROLE("iam:CreateRole", "Creates a role with its trust policy, boundary and tags."),
    PUT_ROLE_PERMISSIONS_BOUNDARY(
            "iam:PutRolePermissionsBoundary", "Sets or replaces a boundary; the operator never removes one."),
    UPDATE_ASSUME_ROLE_POLICY("iam:UpdateAssumeRolePolicy", "Changes or repairs the trust policy of a role."),
    UPDATE_ROLE("iam:UpdateRole", "Changes the description and the maximum session duration."),
    TAG_ROLE("iam:TagRole", "Tags a role when it is created, adopted or taken over, and changes its tags."),
    UNTAG_ROLE(
            "iam:UntagRole", "Removes tags that are no longer in the spec, and the ownership tags of a retained role."),
    ATTACH_ROLE_POLICY("iam:AttachRolePolicy", "Attaches a managed policy to a role."),
    PUT_ROLE_POLICY("iam:PutRolePolicy", "Adds or changes an inline policy of a role."),
    DETACH_ROLE_POLICY("iam:DetachRolePolicy", "Detaches a managed policy, also before a role is deleted."),
    DELETE_ROLE_POLICY("iam:DeleteRolePolicy", "Deletes an inline policy, also before a role is deleted."),
    DELETE_ROLE("iam:DeleteRole", "Deletes a role when its resource is deleted."),

    LIST_OPEN_ID_CONNECT_PROVIDERS(
            "iam:ListOpenIDConnectProviders", "Finds the provider of the cluster's issuer in any spelling."),
    GET_OPEN_ID_CONNECT_PROVIDER("iam:GetOpenIDConnectProvider", "Reads which audiences the provider accepts."),
    CREATE_OPEN_ID_CONNECT_PROVIDER("iam:CreateOpenIDConnectProvider", "Creates the provider, if configured."),
    TAG_OPEN_ID_CONNECT_PROVIDER("iam:TagOpenIDConnectProvider", "Tags the provider when it is created."),
    ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER(
            "iam:AddClientIDToOpenIDConnectProvider", "Adds a missing audience to the provider, if configured."),

    LIST_POD_IDENTITY_ASSOCIATIONS(
            "eks:ListPodIdentityAssociations",
            "Finds the associations of the cluster with a few calls; only with --pod-identity."),
    DESCRIBE_POD_IDENTITY_ASSOCIATION(
            "eks:DescribePodIdentityAssociation",
            "Reads the owner, the role, and the options of an association; only with --pod-identity."),
    CREATE_POD_IDENTITY_ASSOCIATION(
            "eks:CreatePodIdentityAssociation", "Associates a role with a ServiceAccount; only with --pod-identity."),
    UPDATE_POD_IDENTITY_ASSOCIATION(
            "eks:UpdatePodIdentityAssociation",
            "Repairs the role and the options of an association; only with --pod-identity."),
    DELETE_POD_IDENTITY_ASSOCIATION(
            "eks:DeletePodIdentityAssociation",
            "Deletes an association when its resource no longer needs it; only with --pod-identity."),
    EKS_TAG_RESOURCE("eks:TagResource", "Tags an association when it is created; only with --pod-identity."),
    PASS_ROLE("iam:PassRole", "Lets EKS use a role in an association; only with --pod-identity.");

    private final String id;
    private final String why;

    AwsAction(String id, String why) {
        this.id = id;
        this.why = why;
    }

    /** Returns the name in policies, such as {@code iam:CreateRole}. */
    public String id() {
        return id;
    }

    /** Returns why the operator needs the action, as a sentence. */
    public String why() {
        return why;
    }

    @Override
    public String toString() {
        return id;
    }
}
