package dev.irsa.integration.permissions;

import static dev.irsa.fixtures.permissions.Sample.BARE;
import static dev.irsa.fixtures.permissions.Sample.BOUNDARY;
import static dev.irsa.fixtures.permissions.Sample.BOUNDED;
import static dev.irsa.fixtures.permissions.Sample.OWNED;
import static dev.irsa.fixtures.permissions.Sample.PROVIDER;
import static dev.irsa.fixtures.permissions.Sample.ownRole;
import static dev.irsa.fixtures.permissions.Sample.policy;
import static dev.irsa.fixtures.permissions.Sample.provider;
import static dev.irsa.fixtures.permissions.Sample.role;

import dev.irsa.core.permissions.AwsAction;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import java.util.List;
import java.util.stream.Stream;

/** Attempts of an attacker with the operator's credentials on everything except roles. */
final class AccountEscalations {
    private static final String USER = iam("user/eve");
    private static final String GROUP = iam("group/admins");
    private static final String OTHER_PROVIDER = provider("oidc.eks.eu-west-1.amazonaws.com/id/XYZ");

    private AccountEscalations() {}

    static List<Attempt> all() {
        return Stream.of(identities(), policies(), providers(), sessions(), otherServices())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Attempt> identities() {
        return List.of(
                tries("creates a user", "iam:CreateUser", USER),
                tries("creates an access key", "iam:CreateAccessKey", USER),
                tries("creates a password", "iam:CreateLoginProfile", USER),
                tries("changes a password", "iam:UpdateLoginProfile", USER),
                tries("attaches a policy to a user", "iam:AttachUserPolicy", USER)
                        .about(Sample.ALLOWED),
                tries("puts an inline policy on a user", "iam:PutUserPolicy", USER),
                tries("removes the boundary of a user", "iam:DeleteUserPermissionsBoundary", USER),
                tries("creates a group", "iam:CreateGroup", GROUP),
                tries("adds a user to a group", "iam:AddUserToGroup", GROUP),
                tries("attaches a policy to a group", "iam:AttachGroupPolicy", GROUP)
                        .about(Sample.ALLOWED),
                tries("puts an inline policy on a group", "iam:PutGroupPolicy", GROUP),
                tries("deactivates an MFA device", "iam:DeactivateMFADevice", USER),
                tries("deletes a virtual MFA device", "iam:DeleteVirtualMFADevice", iam("mfa/eve")),
                tries("uploads an SSH key", "iam:UploadSSHPublicKey", USER),
                tries("uploads a signing certificate", "iam:UploadSigningCertificate", USER),
                tries("creates credentials for a service", "iam:CreateServiceSpecificCredential", USER),
                tries("deletes the password policy", "iam:DeleteAccountPasswordPolicy", "*"),
                tries(
                        "creates a service-linked role",
                        "iam:CreateServiceLinkedRole",
                        role("aws-service-role/x.amazonaws.com/x")));
    }

    private static List<Attempt> policies() {
        return List.of(
                tries("creates a policy", "iam:CreatePolicy", policy("mine")),
                tries("writes a version of the boundary", "iam:CreatePolicyVersion", BOUNDARY),
                tries("sets another version of the boundary", "iam:SetDefaultPolicyVersion", BOUNDARY),
                tries("deletes a version of the boundary", "iam:DeletePolicyVersion", BOUNDARY),
                tries("deletes the boundary", "iam:DeletePolicy", BOUNDARY),
                tries("writes a version of its own policy", "iam:CreatePolicyVersion", policy("irsa-operator")),
                tries("sets another version of its own policy", "iam:SetDefaultPolicyVersion", policy("irsa-operator")),
                tries(
                        "writes a version of a policy that it may attach",
                        "iam:CreatePolicyVersion",
                        policy("payments/x")));
    }

    private static List<Attempt> providers() {
        return List.of(
                tries("deletes the provider of its cluster", "iam:DeleteOpenIDConnectProvider", PROVIDER),
                tries("changes the thumbprints of the provider", "iam:UpdateOpenIDConnectProviderThumbprint", PROVIDER),
                tries("removes an audience", "iam:RemoveClientIDFromOpenIDConnectProvider", PROVIDER),
                tries("untags the provider", "iam:UntagOpenIDConnectProvider", PROVIDER),
                tries("creates a provider for another issuer", "iam:CreateOpenIDConnectProvider", OTHER_PROVIDER)
                        .requesting(OWNED),
                tries(
                        "creates a provider for an issuer whose URL starts with its own",
                        "iam:CreateOpenIDConnectProvider",
                        PROVIDER + "D"),
                tries("tags another provider", "iam:TagOpenIDConnectProvider", OTHER_PROVIDER)
                        .requesting(OWNED),
                tries("adds an audience to another provider", "iam:AddClientIDToOpenIDConnectProvider", OTHER_PROVIDER),
                tries("deletes another provider", "iam:DeleteOpenIDConnectProvider", OTHER_PROVIDER),
                Attempt.of(
                        "creates the provider with permission to check only",
                        BARE,
                        AwsAction.CREATE_OPEN_ID_CONNECT_PROVIDER,
                        PROVIDER),
                Attempt.of(
                        "adds an audience with permission to check only",
                        BARE,
                        AwsAction.ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER,
                        PROVIDER),
                tries("creates a SAML provider", "iam:CreateSAMLProvider", iam("saml-provider/x")),
                tries("changes a SAML provider", "iam:UpdateSAMLProvider", iam("saml-provider/x")));
    }

    private static List<Attempt> sessions() {
        return List.of(
                tries("passes one of its roles to a service", "iam:PassRole", ownRole()),
                tries("passes another role to a service", "iam:PassRole", role("admin")),
                tries("assumes a role that does not trust it", "sts:AssumeRole", role("admin")),
                Attempt.of(
                        "assumes another role in another account",
                        Sample.WITH_ACCOUNT,
                        AwsAction.ASSUME_ROLE,
                        "arn:aws:iam::444455556666:role/admin"),
                Attempt.of(
                        "assumes a role in another account that is not listed",
                        Sample.BOUNDED,
                        AwsAction.ASSUME_ROLE,
                        Sample.ACCOUNT_ROLE),
                tries("adds a role to an instance profile", "iam:AddRoleToInstanceProfile", iam("instance-profile/x")),
                tries("creates an instance profile", "iam:CreateInstanceProfile", iam("instance-profile/x")),
                tries(
                        "requests a session of a federated user",
                        "sts:GetFederationToken",
                        "arn:aws:sts::" + Sample.ACCOUNT + ":federated-user/eve"));
    }

    private static List<Attempt> otherServices() {
        return List.of(
                tries("creates an access entry for the cluster", "eks:CreateAccessEntry", eks("production")),
                tries(
                        "associates a ServiceAccount with a role in Pod Identity",
                        "eks:CreatePodIdentityAssociation",
                        eks("production")),
                tries("changes the cluster", "eks:UpdateClusterConfig", eks("production")),
                tries("describes its cluster", "eks:DescribeCluster", eks("production")),
                tries("looks at another cluster", "eks:DescribeCluster", eks("staging")),
                tries("reads an object of a bucket", "s3:GetObject", "arn:aws:s3:::bucket/object"),
                tries(
                        "reads a secret",
                        "secretsmanager:GetSecretValue",
                        "arn:aws:secretsmanager:eu-west-1:" + Sample.ACCOUNT + ":secret:x-abcdef"),
                tries(
                        "invokes a function",
                        "lambda:InvokeFunction",
                        "arn:aws:lambda:eu-west-1:" + Sample.ACCOUNT + ":function:x"),
                tries("leaves the organization", "organizations:LeaveOrganization", "*"));
    }

    private static Attempt tries(String name, String action, String resource) {
        return Attempt.of(name, BOUNDED, action, resource);
    }

    private static String iam(String resource) {
        return "arn:aws:iam::" + Sample.ACCOUNT + ":" + resource;
    }

    private static String eks(String cluster) {
        return "arn:aws:eks:eu-west-1:" + Sample.ACCOUNT + ":cluster/" + cluster;
    }
}
