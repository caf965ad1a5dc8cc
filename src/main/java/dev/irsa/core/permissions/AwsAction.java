package dev.irsa.core.permissions;

import java.util.Set;

/**
 * Every action of AWS that the operator calls: the code calls no method of AWS's clients whose action is not here, and the
 * operator's own policy grants nothing else.
 *
 * <p>Source of the names: "Service Authorization Reference".
 */
public enum AwsAction {
    GET_CALLER_IDENTITY("sts:GetCallerIdentity", "Learns which account it works in; AWS asks for no permission."),
    DESCRIBE_CLUSTER("eks:DescribeCluster", "Learns the issuer of tokens when the API server does not tell."),

    GET_ROLE("iam:GetRole", "Sees whose a role is, and what has changed on it, before it writes."),
    LIST_ATTACHED_ROLE_POLICIES("iam:ListAttachedRolePolicies", "Sees which managed policies a role has."),
    LIST_ROLE_POLICIES("iam:ListRolePolicies", "Sees which inline policies a role has."),
    GET_ROLE_POLICY("iam:GetRolePolicy", "Compares an inline policy with what it should be."),
    LIST_INSTANCE_PROFILES_FOR_ROLE(
            "iam:ListInstanceProfilesForRole", "Names what keeps a role from being deleted: it is not its to remove."),
    GET_ACCOUNT_AUTHORIZATION_DETAILS(
            "iam:GetAccountAuthorizationDetails", "Finds drift of all roles with a few calls."),
    LIST_ROLES("iam:ListRoles", "Sees sessions and descriptions, which those details lack."),

    CREATE_ROLE("iam:CreateRole", "Makes a role with its trust policy, its boundary and its tags."),
    PUT_ROLE_PERMISSIONS_BOUNDARY("iam:PutRolePermissionsBoundary", "Replaces a boundary by another; it removes none."),
    UPDATE_ASSUME_ROLE_POLICY("iam:UpdateAssumeRolePolicy", "Repairs or changes who may assume a role."),
    UPDATE_ROLE("iam:UpdateRole", "Changes description and session."),
    TAG_ROLE("iam:TagRole", "Tags a role as it is created, adopted or taken over, and changes its tags."),
    UNTAG_ROLE("iam:UntagRole", "Removes a tag that left the spec, and its own from a role that is retained."),
    ATTACH_ROLE_POLICY("iam:AttachRolePolicy", "Gives a role a managed policy."),
    PUT_ROLE_POLICY("iam:PutRolePolicy", "Gives a role an inline policy."),
    DETACH_ROLE_POLICY("iam:DetachRolePolicy", "Takes a managed policy away, as before a role is deleted."),
    DELETE_ROLE_POLICY("iam:DeleteRolePolicy", "Takes an inline policy away, as before a role is deleted."),
    DELETE_ROLE("iam:DeleteRole", "Removes a role with its resource."),

    LIST_OPEN_ID_CONNECT_PROVIDERS(
            "iam:ListOpenIDConnectProviders", "Finds the provider of the cluster's issuer, however it is spelled."),
    GET_OPEN_ID_CONNECT_PROVIDER("iam:GetOpenIDConnectProvider", "Sees which audiences the provider takes."),
    CREATE_OPEN_ID_CONNECT_PROVIDER("iam:CreateOpenIDConnectProvider", "Makes the provider, when told to."),
    TAG_OPEN_ID_CONNECT_PROVIDER("iam:TagOpenIDConnectProvider", "Tags the provider as it is created."),
    ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER(
            "iam:AddClientIDToOpenIDConnectProvider", "Adds a missing audience to the provider, when told to.");

    private final String id;
    private final String why;

    AwsAction(String id, String why) {
        this.id = id;
        this.why = why;
    }

    /** As policies name it: {@code iam:CreateRole}. */
    public String id() {
        return id;
    }

    /** Why it is needed: a sentence. */
    public String why() {
        return why;
    }

    /** What the caller of this action must be allowed too: what is created with tags must be allowed to be tagged. */
    Set<AwsAction> alsoNeeds() {
        return switch (this) {
            case CREATE_ROLE -> Set.of(TAG_ROLE);
            case CREATE_OPEN_ID_CONNECT_PROVIDER -> Set.of(TAG_OPEN_ID_CONNECT_PROVIDER);
            default -> Set.of();
        };
    }

    @Override
    public String toString() {
        return id;
    }
}
