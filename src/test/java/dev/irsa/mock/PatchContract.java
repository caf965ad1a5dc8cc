package dev.irsa.mock;

import static dev.irsa.mock.Scene.OPERATOR;
import static dev.irsa.mock.Scene.ownerReference;
import static dev.irsa.mock.Scene.ownerUids;
import static dev.irsa.mock.Scene.refusal;
import static dev.irsa.mock.Scene.revision;
import static dev.irsa.mock.Scene.uid;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every way to write but server-side apply, on ServiceAccounts. */
interface PatchContract extends ApiContract {

    @Test
    default void whoCreatesOwnsWhatItSaid() {
        HasMetadata owner = scene().createAs("user", scene().iamServiceAccount("", "spec: {}"));

        HasMetadata made = scene().createAs(
                        OPERATOR,
                        scene().serviceAccount("annotations: {r: '1'}, ownerReferences: [%s]"
                                .formatted(ownerReference(owner))));

        assertThat(uid(made)).isNotEmpty();
        assertThat(made.getMetadata().getCreationTimestamp()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(made.getMetadata().getGeneration()).isNull();
        assertThat(ownerUids(made)).containsExactly(uid(owner));
        assertThat(scene().owners(made))
                .containsExactly("irsa-operator Update {\"f:metadata\":{\"f:annotations\":{\".\":{},\"f:r\":{}},"
                        + "\"f:ownerReferences\":{\".\":{},\"k:{\\\"uid\\\":\\\"%s\\\"}\":{}}}}".formatted(uid(owner)));
    }

    @Test
    default void nothingIsCreatedTwice() {
        HasMetadata live = scene().createAs("helm", scene().serviceAccount(""));

        Status refusal = refusal(() -> scene().createAs(OPERATOR, scene().serviceAccount("annotations: {r: '1'}")));

        assertThat(refusal.getCode()).isEqualTo(409);
        assertThat(refusal.getReason()).isEqualTo("AlreadyExists");
        assertThat(refusal.getMessage()).isEqualTo("serviceaccounts \"s\" already exists");
        assertThat(revision(scene().liveAccount())).isEqualTo(revision(live));
    }

    @Test
    default void aMergePatchSetsAndDeletesSingleKeys() {
        HasMetadata live = scene().createAs(OPERATOR, scene().serviceAccount("annotations: {gone: '1', kept: '1'}"));

        HasMetadata patched = scene().merge(
                        scene().account(),
                        OPERATOR,
                        "{\"metadata\": {\"uid\": \"%s\", \"annotations\": {\"gone\": null, \"new\": \"1\"}}}"
                                .formatted(uid(live)));

        assertThat(patched.getMetadata().getAnnotations()).isEqualTo(Map.of("kept", "1", "new", "1"));
        assertThat(scene().owners(patched)).containsExactly("""
                irsa-operator Update {"f:metadata":{"f:annotations":{".":{},"f:kept":{},"f:new":{}}}}""");
    }

    @Test
    default void aMergePatchReplacesOwnerReferences() {
        HasMetadata first = scene().createAs("user", scene().iamServiceAccount("", "spec: {}"));
        HasMetadata second = scene().createAs(
                        "user", scene().iamServiceAccount("", "spec: {}").replace("name: i", "name: j"));
        scene().createAs(OPERATOR, scene().serviceAccount("ownerReferences: [%s]".formatted(ownerReference(first))));

        HasMetadata moved = scene().merge(
                        scene().account(),
                        OPERATOR,
                        "{\"metadata\": {\"ownerReferences\": [%s]}}".formatted(ownerReference(second)));

        assertThat(ownerUids(moved)).containsExactly(uid(second));
        assertThat(scene().owners(moved))
                .containsExactly("irsa-operator Update {\"f:metadata\":{\"f:ownerReferences\":"
                        + "{\".\":{},\"k:{\\\"uid\\\":\\\"%s\\\"}\":{}}}}".formatted(uid(second)));
    }

    @Test
    default void aMergePatchThatCarriesAUidNeverMeetsAnotherObject() {
        HasMetadata live = scene().createAs("helm", scene().serviceAccount(""));

        Status refusal = refusal(() -> scene().merge(
                        scene().account(),
                        OPERATOR,
                        "{\"metadata\": {\"uid\": \"u-1\", \"annotations\": {\"r\": \"1\"}}}"));

        assertThat(refusal.getCode()).isEqualTo(422);
        assertThat(refusal.getReason()).isEqualTo("Invalid");
        assertThat(refusal.getMessage())
                .isEqualTo("ServiceAccount \"s\" is invalid: metadata.uid: Invalid value: \"u-1\": field is immutable");
        assertThat(revision(scene().liveAccount())).isEqualTo(revision(live));
    }

    @Test
    default void aMergePatchNeverCreates() {
        Status refusal = refusal(
                () -> scene().merge(scene().account(), OPERATOR, "{\"metadata\": {\"annotations\": {\"r\": \"1\"}}}"));

        assertThat(refusal.getCode()).isEqualTo(404);
        assertThat(refusal.getReason()).isEqualTo("NotFound");
        assertThat(refusal.getMessage()).isEqualTo("serviceaccounts \"s\" not found");
    }

    @Test
    default void aMergePatchOfAnOldRevisionIsAConflict() {
        scene().createAs("helm", scene().serviceAccount(""));

        Status refusal = refusal(() -> scene().merge(
                        scene().account(),
                        OPERATOR,
                        "{\"metadata\": {\"resourceVersion\": \"1\", \"annotations\": {\"r\": \"1\"}}}"));

        assertThat(refusal.getCode()).isEqualTo(409);
        assertThat(refusal.getReason()).isEqualTo("Conflict");
        assertThat(refusal.getMessage()).contains("the object has been modified");
    }

    @Test
    default void aMergePatchThatChangesNothingKeepsTheRevision() {
        HasMetadata live = scene().createAs("helm", scene().serviceAccount("annotations: {k: v}"));

        HasMetadata patched =
                scene().merge(scene().account(), OPERATOR, "{\"metadata\": {\"annotations\": {\"k\": \"v\"}}}");

        assertThat(revision(patched)).isEqualTo(revision(live));
        assertThat(scene().owners(patched)).isEqualTo(scene().owners(live));
    }

    /** A JSON patch, as fabric8 sends it, in the name of the program. */
    @Test
    default void anEditTakesWhatItChanges() {
        scene().apply(OPERATOR, scene().serviceAccount("annotations: {r: '1', k: v}"));

        HasMetadata edited = scene().account()
                .edit(found -> new ServiceAccountBuilder(found)
                        .editMetadata()
                        .addToAnnotations("r", "2")
                        .endMetadata()
                        .build());

        assertThat(scene().owners(edited)).containsExactly("""
                irsa-operator Apply {"f:metadata":{"f:annotations":{"f:k":{}}}}""", """
                fabric8-kubernetes-client Update {"f:metadata":{"f:annotations":{"f:r":{}}}}""");
    }

    /** PUT. */
    @Test
    default void anUpdateTakesWhatItChangesAndDropsWhatItLeavesOut() {
        scene().apply(OPERATOR, scene().serviceAccount("annotations: {r: '1', gone: '1'}"));

        HasMetadata updated = scene().client()
                .resource(new ServiceAccountBuilder(scene().liveAccount())
                        .editMetadata()
                        .removeFromAnnotations("gone")
                        .addToAnnotations("r", "2")
                        .endMetadata()
                        .build())
                .update();

        assertThat(updated.getMetadata().getAnnotations()).isEqualTo(Map.of("r", "2"));
        assertThat(scene().owners(updated)).containsExactly("""
                fabric8-kubernetes-client Update {"f:metadata":{"f:annotations":{"f:r":{}}}}""");
    }

    @Test
    default void anUpdateThatCarriesAUidNeverMeetsAnotherObject() {
        scene().createAs("helm", scene().serviceAccount(""));

        Status refusal = refusal(() -> scene().client()
                .resource(scene().parse(scene().serviceAccount("uid: u-1")))
                .update());

        assertThat(refusal.getCode()).isEqualTo(409);
        assertThat(refusal.getMessage())
                .contains("Precondition failed: UID in precondition: u-1, UID in object meta: ");
    }
}
