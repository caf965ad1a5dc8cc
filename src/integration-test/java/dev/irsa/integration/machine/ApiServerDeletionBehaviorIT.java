package dev.irsa.integration.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests what the API server rejects while an object is being deleted. */
@ExtendWith(SharedMachine.class)
class ApiServerDeletionBehaviorIT {
    private static final String HELD = "facts.test/held";
    private static final String LATE = "facts.test/late";

    private final KubernetesClient client;
    private final String unique = "facts-" + UUID.randomUUID();

    ApiServerDeletionBehaviorIT(ControlPlane controlPlane) {
        client = controlPlane.client();
    }

    @Test
    void rejectsCreationInTerminatingNamespace() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(unique)
                        .endMetadata()
                        .build())
                .create();
        var held = new ServiceAccountWrites(client, unique, "held");
        createWithFinalizer(held);
        client.namespaces().withName(unique).delete();
        await().atMost(Duration.ofSeconds(30)).until(() -> held.stored().get().isMarkedForDeletion());
        var late = new ServiceAccountWrites(client, unique, "late");

        var created = catchThrowableOfType(KubernetesClientException.class, late::create);
        var applied =
                catchThrowableOfType(KubernetesClientException.class, () -> late.apply(late.annotated("arn:a"), true));

        assertNamespaceTerminates(created);
        assertNamespaceTerminates(applied);
        held.apply(held.annotated("arn:a"), false);
        assertThat(held.annotations())
                .as("existing objects can still be written")
                .isNotEmpty();
        held.merge("{\"metadata\": {\"finalizers\": null}}");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.namespaces().withName(unique).get() == null);
    }

    @Test
    void rejectsNewFinalizerDuringDeletion() {
        var account = new ServiceAccountWrites(client, "default", unique);
        createWithFinalizer(account);
        account.stored().delete();
        assertThat(account.stored().get().isMarkedForDeletion()).isTrue();

        var merged =
                catchThrowableOfType(KubernetesClientException.class, () -> account.merge("""
                {"metadata": {"finalizers": ["%s", "%s"]}}""".formatted(HELD, LATE)));
        var withLate = account.bare().editMetadata().addToFinalizers(LATE).endMetadata();
        var applied = catchThrowableOfType(KubernetesClientException.class, () -> account.apply(withLate, true));

        assertFinalizerRefused(merged);
        assertFinalizerRefused(applied);
        account.merge("{\"metadata\": {\"finalizers\": null}}");
        assertThat(account.exists()).isFalse();
    }

    private void createWithFinalizer(ServiceAccountWrites account) {
        client.resource(account.bare()
                        .editMetadata()
                        .addToFinalizers(HELD)
                        .endMetadata()
                        .build())
                .create();
    }

    private static void assertNamespaceTerminates(KubernetesClientException failure) {
        assertThat(failure.getCode()).isEqualTo(403);
        assertThat(failure.getMessage()).contains("unable to create new content in namespace");
        assertThat(failure.getStatus().getDetails().getCauses())
                .singleElement()
                .satisfies(cause -> assertThat(cause.getReason()).isEqualTo("NamespaceTerminating"));
    }

    private static void assertFinalizerRefused(KubernetesClientException failure) {
        assertThat(failure.getCode()).isEqualTo(422);
        assertThat(failure.getStatus().getReason()).isEqualTo("Invalid");
        assertThat(failure.getStatus().getDetails().getCauses()).isNotEmpty().allSatisfy(cause -> {
            assertThat(cause.getField()).isEqualTo("metadata.finalizers");
            assertThat(cause.getReason()).isEqualTo("FieldValueForbidden");
            assertThat(cause.getMessage())
                    .contains("no new finalizers can be added if the object is being deleted", LATE);
        });
    }
}
