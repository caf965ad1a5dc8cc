package dev.irsa.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {
    /** The table in the reference, which is part of the API. */
    @ParameterizedTest
    @CsvSource({
        "InvalidSpec, true, WHEN_CHANGED",
        "NotEntitled, true, WHEN_CHANGED",
        "RoleConflict, true, SLOWLY",
        "ServiceAccountConflict, true, WHEN_CHANGED",
        "ServiceAccountMissing, false, WHEN_CHANGED",
        "OidcProviderMissing, true, SLOWLY",
        "AccessDenied, true, SLOWLY",
        "QuotaExceeded, true, SLOWLY",
        "MalformedPolicy, true, SLOWLY",
        "PolicyNotFound, true, SLOWLY",
        "RoleNotFound, true, SLOWLY",
        "TrustMissing, true, SLOWLY",
        "Throttled, false, SOON",
        "AwsUnavailable, false, SOON",
        "CredentialsUnavailable, false, SOON",
        "KubernetesUnavailable, false, SOON",
        "InternalError, false, SOON",
        "Reconciling, false, SOON",
        "Suspended, false, WHEN_CHANGED",
        "DeletionBlocked, false, SOON"
    })
    void determinesWhetherAndWhenReconcileIsRetried(Reason reason, boolean stalled, Retry retry) {
        assertThat(reason.stalled()).isEqualTo(stalled);
        assertThat(reason.retry()).isEqualTo(retry);
    }
}
