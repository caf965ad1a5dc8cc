package dev.irsa.mock;

import static dev.irsa.mock.Scene.OPERATOR;
import static dev.irsa.mock.Scene.ownerReference;
import static dev.irsa.mock.Scene.refusal;
import static dev.irsa.mock.Scene.uid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Finalizers, deletion, and what the controllers delete in turn. */
interface DeletionContract extends ApiContract {
    /** The namespace controller comes by every few seconds. */
    Duration SOON = Duration.ofSeconds(90);

    private HasMetadata created() {
        return scene().createAs("user", scene().iamServiceAccount("", "spec: {}"));
    }

    private HasMetadata applyFinalizer(HasMetadata live) {
        return scene().apply(
                        OPERATOR,
                        scene().iamServiceAccount("uid: %s, finalizers: [irsa.dev/role]".formatted(uid(live)), ""));
    }

    private void removeFinalizers() {
        scene().merge(scene().iamAccount(), OPERATOR, "{\"metadata\": {\"finalizers\": null}}");
    }

    @Test
    default void aFinalizerIsAppliedWithItsOwner() {
        HasMetadata applied = applyFinalizer(created());

        assertThat(applied.getMetadata().getFinalizers()).containsExactly("irsa.dev/role");
        assertThat(applied.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(scene().owners(applied)).containsExactly("""
                irsa-operator Apply {"f:metadata":{"f:finalizers":{"v:\\"irsa.dev/role\\"":{}}}}""", """
                user Update {"f:spec":{}}""");
    }

    @Test
    default void withoutFinalizersAnObjectGoesAtOnce() {
        created();

        scene().iamAccount().delete();

        assertThat(scene().iamAccount().get()).isNull();
    }

    @Test
    default void aFinalizerHoldsTheObjectUntilItGoes() {
        applyFinalizer(created());

        scene().iamAccount().delete();

        HasMetadata held = scene().iamAccount().require();
        assertThat(held.getMetadata().getDeletionTimestamp()).isNotNull();
        assertThat(held.getMetadata().getGeneration()).isEqualTo(2);
        removeFinalizers();
        assertThat(scene().iamAccount().get()).isNull();
    }

    @Test
    default void anApplyWithoutTheFinalizerLetsTheObjectGo() {
        HasMetadata live = applyFinalizer(created());
        scene().iamAccount().delete();

        scene().apply(OPERATOR, scene().iamServiceAccount("uid: " + uid(live), ""));

        assertThat(scene().iamAccount().get()).isNull();
    }

    @Test
    default void noFinalizerIsAddedToWhatIsBeingDeleted() {
        HasMetadata live = applyFinalizer(created());
        scene().iamAccount().delete();

        Status refusal = refusal(() -> scene().apply(
                        OPERATOR,
                        scene().iamServiceAccount(
                                        "uid: %s, finalizers: [irsa.dev/role, b.test/c]".formatted(uid(live)), "")));

        assertThat(refusal.getCode()).isEqualTo(422);
        assertThat(refusal.getReason()).isEqualTo("Invalid");
        assertThat(refusal.getMessage())
                .isEqualTo("IamServiceAccount.irsa.dev \"i\" is invalid: metadata.finalizers: Forbidden: no new"
                        + " finalizers can be added if the object is being deleted, found new finalizers"
                        + " []string{\"b.test/c\"}");
        removeFinalizers();
    }

    @Test
    default void statusIsWrittenWhileTheObjectIsBeingDeleted() {
        applyFinalizer(created());
        scene().iamAccount().delete();

        HasMetadata written =
                scene().applyStatus(OPERATOR, scene().iamServiceAccount("", "status: {observedGeneration: 2}"));

        assertThat(Json.of(written).path("status").toString()).isEqualTo("{\"observedGeneration\":2}");
        removeFinalizers();
    }

    @Test
    default void whatIsOwnedGoesWithItsLastOwner() {
        HasMetadata owner = created();
        scene().createAs(OPERATOR, scene().serviceAccount("ownerReferences: [%s]".formatted(ownerReference(owner))));

        scene().iamAccount().delete();

        await().atMost(SOON).until(() -> scene().account().get() == null);
    }

    @Test
    default void whatHasAnotherOwnerStays() {
        HasMetadata first = created();
        HasMetadata second = scene().createAs(
                        "user", scene().iamServiceAccount("", "spec: {}").replace("name: i", "name: j"));
        scene().createAs(
                        OPERATOR,
                        scene().serviceAccount("ownerReferences: [%s, %s]"
                                .formatted(ownerReference(first), ownerReference(second))));

        scene().iamAccount().delete();

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Scene.ownerUids(scene().liveAccount())).containsExactly(uid(second)));
    }

    @Test
    default void aNamespaceTakesNothingNewWhileItGoes() {
        applyFinalizer(created());
        scene().createAs("helm", scene().serviceAccount(""));

        scene().client().namespaces().withName(scene().namespace()).delete();

        await().atMost(SOON).until(() -> scene().iamAccount().require().isMarkedForDeletion());
        await().atMost(SOON).until(() -> scene().account().get() == null);
        Status refusal = refusal(() -> scene().createAs(OPERATOR, scene().serviceAccount("")));
        assertThat(refusal.getCode()).isEqualTo(403);
        assertThat(refusal.getReason()).isEqualTo("Forbidden");
        assertThat(refusal.getMessage())
                .isEqualTo(
                        "serviceaccounts \"s\" is forbidden: unable to create new content in namespace %s because it is being terminated"
                                .formatted(scene().namespace()));
        assertThat(refusal.getDetails().getCauses())
                .containsExactly(new StatusCause(
                        "metadata.namespace",
                        "namespace %s is being terminated".formatted(scene().namespace()),
                        "NamespaceTerminating"));
        removeFinalizers();
        await().atMost(SOON)
                .until(() -> scene().client()
                                .namespaces()
                                .withName(scene().namespace())
                                .get()
                        == null);
    }

    @Test
    default void nothingIsCreatedWhereThereIsNoNamespace() {
        Scene nowhere = new Scene(scene().client(), "no-such-namespace");

        Status refusal = refusal(() -> nowhere.createAs(OPERATOR, nowhere.serviceAccount("")));

        assertThat(refusal.getCode()).isEqualTo(404);
        assertThat(refusal.getMessage()).isEqualTo("namespaces \"no-such-namespace\" not found");
    }
}
