package dev.irsa.integration.machine;

import static dev.irsa.integration.machine.ServiceAccountWrites.ROLE_ARN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests how the API server answers the writes that the operator relies on, with the client that the operator uses. */
@ExtendWith(SharedMachine.class)
class ApiServerBehaviorIT {
    private static final String ANOTHER_UID = "00000000-0000-4000-8000-000000000000";

    private final ServiceAccountWrites account;

    ApiServerBehaviorIT(ControlPlane controlPlane) {
        account = new ServiceAccountWrites(controlPlane.client(), "default", "facts-" + UUID.randomUUID());
    }

    @Test
    void applyWithoutUidCreates() {
        account.apply(account.annotated("arn:a"), false);

        assertThat(account.annotations()).containsEntry(ROLE_ARN, "arn:a");
    }

    @Test
    void applyWithUidNeverCreates() {
        var failure = failure(() -> account.apply(withUid(ANOTHER_UID), true));

        assertThat(failure.getCode()).isEqualTo(409);
        assertThat(failure.getMessage()).contains("uid mismatch", "no existing object was found");
        assertThat(account.exists()).isFalse();
    }

    @Test
    void applyRejectsUidMismatch() {
        account.create();

        var failure = failure(() -> account.apply(withUid(ANOTHER_UID), true));

        assertUidRejected(failure);
        assertThat(account.annotations()).isEmpty();
    }

    @Test
    void applyAcceptsMatchingUid() {
        account.apply(withUid(account.create().getMetadata().getUid()), false);

        assertThat(account.annotations()).containsEntry(ROLE_ARN, "arn:a");
    }

    @Test
    void mergePatchNeverCreates() {
        var failure = failure(() -> account.merge(patchOf(ANOTHER_UID)));

        assertThat(failure.getCode()).isEqualTo(404);
        assertThat(failure.getMessage()).as("the PATCH request fails").contains("PATCH at");
        assertThat(account.exists()).isFalse();
    }

    @Test
    void mergePatchRejectsUidMismatch() {
        account.create();

        var failure = failure(() -> account.merge(patchOf(ANOTHER_UID)));

        assertUidRejected(failure);
        assertThat(account.annotations()).isEmpty();
    }

    @Test
    void mergePatchAcceptsMatchingUid() {
        account.merge(patchOf(account.create().getMetadata().getUid()));

        assertThat(account.annotations()).containsEntry(ROLE_ARN, "arn:a");
    }

    @Test
    void applyRemovesOmittedFieldsOfItsManager() {
        account.create();
        account.apply(account.annotated("arn:a"), false);
        account.stored()
                .edit(found -> new ServiceAccountBuilder(found)
                        .editMetadata()
                        .addToAnnotations("team", "payments")
                        .endMetadata()
                        .build());

        account.apply(account.bare(), false);

        assertThat(account.annotations()).isEqualTo(Map.of("team", "payments"));
    }

    @Test
    void applyWithoutForceConflictsWithOtherManager(Kubectl kubectl) {
        account.create();
        account.apply(account.annotated("arn:a"), false);
        kubectl.run("annotate", "--overwrite", "serviceaccount", account.name(), ROLE_ARN + "=arn:theirs")
                .orThrow();

        var failure = failure(() -> account.apply(account.annotated("arn:a"), false));

        assertThat(failure.getCode()).isEqualTo(409);
        assertThat(failure.getStatus().getReason()).isEqualTo("Conflict");
        assertThat(failure.getStatus().getDetails().getCauses()).singleElement().satisfies(cause -> {
            assertThat(cause.getReason()).isEqualTo("FieldManagerConflict");
            assertThat(cause.getField()).isEqualTo(".metadata.annotations." + ROLE_ARN);
            assertThat(cause.getMessage()).isEqualTo("conflict with \"kubectl-annotate\" using v1");
        });
        assertThat(account.annotations()).containsEntry(ROLE_ARN, "arn:theirs");
        account.apply(account.annotated("arn:a"), true);
        assertThat(account.annotations()).containsEntry(ROLE_ARN, "arn:a");
    }

    private static void assertUidRejected(KubernetesClientException failure) {
        assertThat(failure.getCode()).isEqualTo(422);
        assertThat(failure.getStatus().getReason()).isEqualTo("Invalid");
        assertThat(failure.getStatus().getDetails().getCauses())
                .isNotEmpty()
                .allSatisfy(cause -> assertThat(cause.getField()).isEqualTo("metadata.uid"));
    }

    private ServiceAccountBuilder withUid(String uid) {
        return account.annotated("arn:a").editMetadata().withUid(uid).endMetadata();
    }

    private static String patchOf(String uid) {
        return """
                {"metadata": {"uid": "%s", "annotations": {"%s": "arn:a"}}}""".formatted(uid, ROLE_ARN);
    }

    private static KubernetesClientException failure(ThrowingCallable call) {
        return catchThrowableOfType(KubernetesClientException.class, call);
    }
}
