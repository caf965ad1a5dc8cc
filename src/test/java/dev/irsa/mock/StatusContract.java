package dev.irsa.mock;

import static dev.irsa.mock.Scene.OPERATOR;
import static dev.irsa.mock.Scene.refusal;
import static dev.irsa.mock.Scene.revision;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import org.junit.jupiter.api.Test;

/** Status and generation of the custom resource. */
interface StatusContract extends ApiContract {
    /** One condition with all its parts. */
    static String condition(String type) {
        return "{type: %s, status: 'True', observedGeneration: 1, lastTransitionTime: '2026-01-01T00:00:00Z', reason: R, message: m}"
                .formatted(type);
    }

    private String status() {
        return Json.of(scene().iamAccount().require()).path("status").toString();
    }

    private Long generation() {
        return scene().iamAccount().require().getMetadata().getGeneration();
    }

    private void create() {
        scene().createAs("user", scene().iamServiceAccount("", "spec: {}, status: {observedGeneration: 7}"));
    }

    @Test
    default void aNewResourceHasTheDefaultStatusWhateverWasSent() {
        create();

        assertThat(status()).isEqualTo("{\"observedGeneration\":-1}");
        assertThat(generation()).isEqualTo(1);
    }

    @Test
    default void statusIsAppliedAndOwnedApart() {
        create();

        HasMetadata applied = scene().applyStatus(
                        OPERATOR,
                        scene().iamServiceAccount(
                                        "finalizers: [a.test/ignored]",
                                        "status: {observedGeneration: 1, conditions: [%s]}"
                                                .formatted(condition("Ready"))));

        assertThat(scene().owners(applied))
                .contains("irsa-operator Apply/status"
                        + " {\"f:status\":{\"f:conditions\":{},\"f:observedGeneration\":{}}}");
        assertThat(applied.getMetadata().getFinalizers()).isEmpty();
        assertThat(generation()).isEqualTo(1);
        assertThat(status()).contains("\"observedGeneration\":1", "\"type\":\"Ready\"");
    }

    @Test
    default void conditionsAreReplacedAsAWhole() {
        create();
        applyConditions(condition("Ready") + ", " + condition("Stalled"));

        applyConditions(condition("Ready"));

        assertThat(status()).contains("Ready").doesNotContain("Stalled");
    }

    private HasMetadata applyConditions(String conditions) {
        return scene().applyStatus(
                        OPERATOR,
                        scene().iamServiceAccount(
                                        "", "status: {observedGeneration: 1, conditions: [%s]}".formatted(conditions)));
    }

    @Test
    default void aStatusThatSaysNothingNewKeepsTheRevision() {
        create();
        HasMetadata first = applyConditions(condition("Ready"));

        assertThat(revision(applyConditions(condition("Ready")))).isEqualTo(revision(first));
    }

    @Test
    default void whatStatusNoLongerSaysIsGone() {
        create();
        applyConditions(condition("Ready"));

        scene().applyStatus(OPERATOR, scene().iamServiceAccount("", "status: {observedGeneration: 2}"));
        assertThat(status()).isEqualTo("{\"observedGeneration\":2}");

        scene().applyStatus(OPERATOR, scene().iamServiceAccount("", ""));
        assertThat(status()).isEqualTo("{\"observedGeneration\":-1}");
    }

    @Test
    default void aWriteOfTheResourceLeavesStatusAlone() {
        create();
        applyConditions(condition("Ready"));

        scene().merge(
                        scene().iamAccount(),
                        "user",
                        "{\"spec\": {\"suspend\": true}, \"status\": {\"observedGeneration\": 99}}");

        assertThat(status()).contains("\"observedGeneration\":1", "Ready");
        assertThat(generation()).isEqualTo(2);
    }

    @Test
    default void aMergePatchOfStatusLeavesTheRestAlone() {
        create();

        HasMetadata patched = scene().client()
                .genericKubernetesResources("irsa.dev/v1alpha1", "IamServiceAccount")
                .inNamespace(scene().namespace())
                .withName("i")
                .editStatus(found -> {
                    GenericKubernetesResource changed =
                            scene().client().getKubernetesSerialization().clone(found);
                    changed.getMetadata().getAnnotations().put("ignored", "1");
                    changed.setAdditionalProperty("status", Json.object().put("observedGeneration", 5));
                    return changed;
                });

        assertThat(status()).isEqualTo("{\"observedGeneration\":5}");
        assertThat(patched.getMetadata().getAnnotations()).isNullOrEmpty();
        assertThat(generation()).isEqualTo(1);
    }

    @Test
    default void metadataDoesNotRaiseTheGeneration() {
        create();

        scene().merge(scene().iamAccount(), "user", "{\"metadata\": {\"annotations\": {\"a\": \"1\"}}}");

        assertThat(generation()).isEqualTo(1);
    }

    @Test
    default void statusOfNothingIsNotFound() {
        Status refusal = refusal(
                () -> scene().applyStatus(OPERATOR, scene().iamServiceAccount("", "status: {observedGeneration: 1}")));

        assertThat(refusal.getCode()).isEqualTo(404);
        assertThat(refusal.getMessage()).isEqualTo("iamserviceaccounts.irsa.dev \"i\" not found");
    }

    @Test
    default void anUpdateOfACustomResourceNeedsItsRevision() {
        create();

        Status refusal = refusal(() -> scene().client()
                .raw(
                        "/apis/irsa.dev/v1alpha1/namespaces/%s/iamserviceaccounts/i".formatted(scene().namespace()),
                        "PUT",
                        Json.readObject(scene().iamServiceAccount("", "spec: {}"))));

        assertThat(refusal.getCode()).isEqualTo(422);
        assertThat(refusal.getMessage()).contains("metadata.resourceVersion", "must be specified for an update");
    }
}
