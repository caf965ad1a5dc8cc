package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiExceptionTranslatorTest {
    private static final String ACTION = "create serviceaccounts";

    @Test
    void reportsMissingPermission() {
        String denial =
                "serviceaccounts is forbidden: User \"system:serviceaccount:irsa-system:irsa-operator\" cannot create"
                        + " resource \"serviceaccounts\" in API group \"\" in the namespace \"payments\"";

        assertThat(failure(answer(403, denial))).isEqualTo(new Failure.AccessDenied(ACTION, denial));
    }

    /** The admission plugin OwnerReferencesPermissionEnforcement, which OpenShift enables. */
    @Test
    void namesPermissionThatChangeOfOwnerNeeds() {
        String denial =
                "serviceaccounts \"invoices\" is forbidden: cannot set an ownerRef on a resource you can't delete: , <nil>";

        assertThat(ApiExceptionTranslator.of("patch serviceaccounts", answer(403, denial))
                        .failure()
                        .message())
                .startsWith("the operator may not delete serviceaccounts: " + denial
                        + "; ask your platform team to grant the permission");
    }

    /** Quotas and admission webhooks also answer 403. */
    @ParameterizedTest
    @ValueSource(ints = {400, 403, 422})
    void rejectionIsNotMissingPermission(int code) {
        Failure failure = failure(answer(code, null, null));

        assertThat(failure.message())
                .isEqualTo("the API server rejected the request to create serviceaccounts: words of the server");
        assertThat(failure.reason()).isEqualTo(Reason.AccessDenied);
        assertThat(failure.stalled()).isTrue();
    }

    @Test
    void expiredCredentialsAreTransient() {
        assertThat(failure(answer(401, null, null)))
                .isEqualTo(new Failure.Passing(
                        Reason.KubernetesUnavailable,
                        "the API server rejected the operator's credentials for create serviceaccounts:"
                                + " words of the server"));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 409, 410})
    void conflictIsTransient(int code) {
        assertThat(failure(answer(code, null, null)))
                .isEqualTo(new Failure.Passing(
                        Reason.Reconciling, "the resource changed during the write: words of the server"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503, 504})
    void serverErrorIsTransient(int code) {
        assertThat(failure(answer(code, null, null)))
                .isEqualTo(new Failure.Passing(
                        Reason.KubernetesUnavailable,
                        "the API server returned no usable response to create serviceaccounts: words of the server"));
    }

    @Test
    void terminatingNamespaceIsNotMissingPermission() {
        assertThat(failure(answer(403, "NamespaceTerminating", "metadata.namespace")))
                .isEqualTo(Failure.namespaceTerminating());
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata.uid", "metadata.finalizers"})
    void uidMismatchIsNotInvalidRequest(String field) {
        assertThat(failure(answer(422, "FieldValueInvalid", field)))
                .isEqualTo(new Failure.Passing(Reason.Reconciling, "the resource is being deleted or was recreated"));
    }

    @ParameterizedTest
    @CsvSource({"422, metadata.name", "403, metadata.uid"})
    void otherInvalidFieldsAreInvalidRequest(int code, String field) {
        assertThat(failure(answer(code, "FieldValueInvalid", field)).reason()).isEqualTo(Reason.AccessDenied);
    }

    @Test
    void missingResponseIsTransientWithCause() {
        assertThat(failure(new KubernetesClientException("x", new IOException("Connection refused"))))
                .isEqualTo(new Failure.Passing(
                        Reason.KubernetesUnavailable,
                        "the API server returned no usable response to create serviceaccounts:"
                                + " IOException: Connection refused"));
    }

    @Test
    void responseWithoutMessageIsReportedByCode() {
        Status empty = new StatusBuilder().withCode(502).build();

        assertThat(failure(new KubernetesClientException("https://10.0.0.1/secret/path", 502, empty)))
                .isEqualTo(new Failure.Passing(
                        Reason.KubernetesUnavailable,
                        "the API server returned no usable response to create serviceaccounts: HTTP status 502"));
    }

    @Test
    void keepsCause() {
        KubernetesClientException thrown = answer(500, null, null);

        assertThat(ApiExceptionTranslator.of(ACTION, thrown)).hasCause(thrown);
    }

    private static Failure failure(KubernetesClientException thrown) {
        return ApiExceptionTranslator.of(ACTION, thrown).failure();
    }

    private static KubernetesClientException answer(int code, String message) {
        return new KubernetesClientException(
                "PATCH at: https://10.0.0.1/…",
                code,
                new StatusBuilder().withCode(code).withMessage(message).build());
    }

    private static KubernetesClientException answer(int code, @Nullable String reason, @Nullable String field) {
        StatusBuilder status = new StatusBuilder().withCode(code).withMessage("words of the server");
        if (reason != null) {
            status.withNewDetails()
                    .addNewCause()
                    .withReason(reason)
                    .withField(field)
                    .endCause()
                    .endDetails();
        }
        return new KubernetesClientException("POST at: https://10.0.0.1/…", code, status.build());
    }
}
