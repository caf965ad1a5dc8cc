package dev.irsa.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.text.Page;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class FailureTest {
    /** Failure, then reason, stalled and retry, then message. */
    static final List<Object[]> FAILURES = List.of(
            row(new Failure.InvalidSpec("spec.a", "b"), "InvalidSpec true WHEN_CHANGED", "spec.a: b"),
            row(
                    RoleFailure.boundaryInTheWay("r", "arn:b"),
                    "InvalidSpec true SLOWLY",
                    "spec.role.permissionsBoundaryARN: role r has the permissions boundary arn:b, which the operator"
                            + " never removes; set it in the spec or require it in the IamEntitlement, or, if the"
                            + " role needs none, run: aws iam delete-role-permissions-boundary --role-name r"),
            row(Failure.roleConflict("r", "is not ours"), "RoleConflict true SLOWLY", "role r is not ours"),
            row(Failure.of(Reason.NotEntitled, "m"), "NotEntitled true WHEN_CHANGED", "m"),
            row(Failure.of(Reason.OidcProviderMissing, "m"), "OidcProviderMissing true SLOWLY", "m"),
            row(Failure.of(Reason.ServiceAccountConflict, "m"), "ServiceAccountConflict true WHEN_CHANGED", "m"),
            row(
                    Failure.serviceAccountMissing("a"),
                    "ServiceAccountMissing false WHEN_CHANGED",
                    "ServiceAccount a does not exist and its management in spec.serviceAccounts is Annotate;"
                            + " create it, or set management to CreateOrAnnotate"),
            row(
                    new Failure.AccessDenied("iam:CreateRole", "no"),
                    "AccessDenied true SLOWLY",
                    "the operator may not call iam:CreateRole: no; ask your platform team to grant the permission"
                            + Page.PERMISSIONS.reference()),
            row(
                    RoleFailure.boundaryMissing("r", new Failure.AccessDenied("iam:CreateRole", "no")),
                    "AccessDenied true SLOWLY",
                    "the operator may not call iam:CreateRole: no; neither the spec nor the entitlement sets a permissions"
                            + " boundary for role r, which the operator's AWS policy requires if --boundary-arn was set; set spec.role.permissionsBoundaryARN, or ask a platform engineer to set"
                            + " require.permissionsBoundaryARN in the entitlement" + Page.PERMISSIONS.reference()),
            row(
                    RoleFailure.boundaryOutdated(
                            "r", "arn:b", "e", new Failure.AccessDenied("iam:AttachRolePolicy", "no")),
                    "AccessDenied true SLOWLY",
                    "the operator may not call iam:AttachRolePolicy: no; role r still has the permissions boundary arn:b,"
                            + " which is replaced only after the policies that IamEntitlement e requires are attached; if"
                            + " the operator's AWS policy was generated with --boundary-arn, ask a platform engineer to list"
                            + " this boundary there too, until no role has it; otherwise, ask for the permission"
                            + Page.PERMISSIONS.reference()),
            row(
                    Failure.writeRefused("create serviceaccounts", "no"),
                    "AccessDenied true SLOWLY",
                    "the API server rejected the request to create serviceaccounts: no"),
            row(
                    new AwsFailure.Refused(Reason.QuotaExceeded, "iam:CreateRole", "1000"),
                    "QuotaExceeded true SLOWLY",
                    "AWS rejected iam:CreateRole: 1000"),
            row(new Failure.Passing(Reason.Throttled, "m"), "Throttled false SOON", "m"),
            row(new Failure.DeletionBlocked("m"), "DeletionBlocked false SOON", "m"),
            row(
                    new AwsFailure.NotFound("iam:GetRole", "x"),
                    "Reconciling false SOON",
                    "iam:GetRole returned a not-found error: x"),
            row(new AwsFailure.AlreadyExists("x"), "Reconciling false SOON", "the role already exists: x"),
            row(
                    new AwsFailure.AssociationExists("a-1", "x"),
                    "Reconciling false SOON",
                    "EKS reported that the ServiceAccount already has an association: x"),
            row(
                    new AwsFailure.RoleInUse("x"),
                    "DeletionBlocked false SOON",
                    "IAM does not delete the role because it is in use: x"));

    @ParameterizedTest
    @FieldSource("FAILURES")
    void reportsReasonRetryAndMessage(Failure failure, String decision, String message) {
        assertThat(failure.reason() + " " + failure.stalled() + " " + failure.retry())
                .isEqualTo(decision);
        assertThat(failure.message()).isEqualTo(message);
    }

    @Test
    void recognizesTheMessageOfAQuarantinedRole() {
        assertThat(RoleFailure.isQuarantine(
                        RoleFailure.quarantined("r", Set.of("arn:a"), Set.of()).message()))
                .isTrue();
        assertThat(RoleFailure.isQuarantine(
                        RoleFailure.policyProtected("r", "stop").message()))
                .isFalse();
        assertThat(RoleFailure.isQuarantine("it is quarantined by arn:a")).isFalse();
    }

    private static Object[] row(Failure failure, String decision, String message) {
        return new Object[] {failure, decision, message};
    }
}
