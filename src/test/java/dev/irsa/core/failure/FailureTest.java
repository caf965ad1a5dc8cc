package dev.irsa.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class FailureTest {
    /** Failure, then reason, stalled and retry, then message. */
    static final List<Object[]> FAILURES = List.of(
            row(new Failure.InvalidSpec("spec.a", "b"), "InvalidSpec true WHEN_CHANGED", "spec.a: b"),
            row(
                    new Failure.BoundaryInTheWay("r", "arn:b"),
                    "InvalidSpec true SLOWLY",
                    "spec.role.permissionsBoundaryArn: role r has the permissions boundary arn:b, and the operator"
                            + " never removes one; name it in the spec, or run:"
                            + " aws iam delete-role-permissions-boundary --role-name r"),
            row(new Failure.RoleConflict("r", "is not ours"), "RoleConflict true SLOWLY", "role r is not ours"),
            row(new Failure.ServiceAccountConflict("m"), "ServiceAccountConflict true WHEN_CHANGED", "m"),
            row(
                    new Failure.ServiceAccountMissing("a"),
                    "ServiceAccountMissing false WHEN_CHANGED",
                    "ServiceAccount a does not exist and spec.serviceAccount.management is Annotate;"
                            + " create it, or set management to Manage"),
            row(
                    new Failure.AccessDenied("iam:CreateRole", "no"),
                    "AccessDenied true SLOWLY",
                    "the operator is not allowed to iam:CreateRole: no"),
            row(
                    new Failure.WriteRefused("create serviceaccounts", "no"),
                    "AccessDenied true SLOWLY",
                    "the API server refused to create serviceaccounts: no"),
            row(
                    new Failure.Refused(Reason.QuotaExceeded, "iam:CreateRole", "1000"),
                    "QuotaExceeded true SLOWLY",
                    "AWS rejected iam:CreateRole: 1000"),
            row(new Failure.Passing(Reason.Throttled, "m"), "Throttled false SOON", "m"),
            row(new Failure.DeletionBlocked("m"), "DeletionBlocked false SOON", "m"),
            row(new Failure.NotFound("iam:GetRole", "x"), "Reconciling false SOON", "iam:GetRole found nothing: x"),
            row(new Failure.AlreadyExists("x"), "Reconciling false SOON", "the role already exists: x"),
            row(new Failure.RoleInUse("x"), "DeletionBlocked false SOON", "the role is in use: x"));

    @ParameterizedTest
    @FieldSource("FAILURES")
    void reportsReasonRetryAndMessage(Failure failure, String decision, String message) {
        assertThat(failure.reason() + " " + failure.stalled() + " " + failure.retry())
                .isEqualTo(decision);
        assertThat(failure.message()).isEqualTo(message);
        assertThat(new FailureException(failure)).hasMessage(message).hasNoCause();
    }

    /** The table in the reference, which is part of the API. */
    @ParameterizedTest
    @CsvSource({
        "InvalidSpec, true, WHEN_CHANGED",
        "RoleConflict, true, SLOWLY",
        "ServiceAccountConflict, true, WHEN_CHANGED",
        "ServiceAccountMissing, false, WHEN_CHANGED",
        "AccessDenied, true, SLOWLY",
        "QuotaExceeded, true, SLOWLY",
        "MalformedPolicy, true, SLOWLY",
        "PolicyNotFound, true, SLOWLY",
        "PolicyProtected, true, SLOWLY",
        "Throttled, false, SOON",
        "AwsUnavailable, false, SOON",
        "CredentialsUnavailable, false, SOON",
        "KubernetesUnavailable, false, SOON",
        "InternalError, false, SOON",
        "Reconciling, false, SOON",
        "Suspended, false, WHEN_CHANGED",
        "DeletionBlocked, false, SOON"
    })
    void reasonDeterminesStalledAndRetry(Reason reason, boolean stalled, Retry retry) {
        assertThat(reason.stalled()).isEqualTo(stalled);
        assertThat(reason.retry()).isEqualTo(retry);
    }

    @Test
    void exceptionHasFailureAndNoStackTrace() {
        Failure failure = new Failure.AlreadyExists("x");
        IOException cause = new IOException("y");

        assertThat(new FailureException(failure, cause)).hasCause(cause).satisfies(thrown -> {
            assertThat(thrown.failure()).isEqualTo(failure);
            assertThat(thrown.getStackTrace()).isEmpty();
        });
        assertThat(new FailureException(failure).failure()).isEqualTo(failure);
        assertThat(new FailureException(failure).getStackTrace()).isEmpty();
    }

    @Test
    void rootCauseHasTypeAndMessage() {
        assertThat(RootCause.of(new IllegalStateException("outer", new UncheckedIOException(new IOException("reset")))))
                .isEqualTo("IOException: reset");
        assertThat(RootCause.of(new IOException())).isEqualTo("IOException");
    }

    private static Object[] row(Failure failure, String decision, String message) {
        return new Object[] {failure, decision, message};
    }
}
