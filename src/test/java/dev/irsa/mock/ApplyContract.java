package dev.irsa.mock;

import static dev.irsa.mock.Scene.OPERATOR;
import static dev.irsa.mock.Scene.refusal;
import static dev.irsa.mock.Scene.revision;
import static dev.irsa.mock.Scene.uid;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Server-side apply, on ServiceAccounts. */
interface ApplyContract extends ApiContract {

    @Test
    default void anApplyCreatesWhatIsAbsentAndOwnsWhatItSaid() {
        HasMetadata made = scene().apply(OPERATOR, scene().serviceAccount("annotations: {r: '1'}"));

        assertThat(scene().annotation("r")).isEqualTo("1");
        assertThat(scene().owners(made)).containsExactly("""
                irsa-operator Apply {"f:metadata":{"f:annotations":{"f:r":{}}}}""");
    }

    @Test
    default void anApplyThatCarriesAUidNeverCreates() {
        Status refusal =
                refusal(() -> scene().forceApply(OPERATOR, scene().serviceAccount("uid: u-1, annotations: {r: '1'}")));

        assertThat(refusal.getCode()).isEqualTo(409);
        assertThat(refusal.getReason()).isEqualTo("Conflict");
        assertThat(refusal.getMessage())
                .isEqualTo("Operation cannot be fulfilled on serviceaccounts \"s\": uid mismatch: the provided object"
                        + " specified uid u-1, and no existing object was found");
        assertThat(scene().account().get()).isNull();
    }

    @Test
    default void anApplyThatCarriesAUidNeverMeetsAnotherObject() {
        HasMetadata live = scene().createAs("helm", scene().serviceAccount(""));

        Status refusal =
                refusal(() -> scene().forceApply(OPERATOR, scene().serviceAccount("uid: u-1, annotations: {r: '1'}")));

        assertThat(refusal.getCode()).isEqualTo(422);
        assertThat(refusal.getReason()).isEqualTo("Invalid");
        assertThat(refusal.getMessage())
                .isEqualTo("ServiceAccount \"s\" is invalid: metadata.uid: Invalid value: \"u-1\": field is immutable");
        assertThat(revision(scene().liveAccount())).isEqualTo(revision(live));
    }

    @Test
    default void anApplyThatCarriesTheRightUidIsTaken() {
        HasMetadata live = scene().createAs("helm", scene().serviceAccount("annotations: {k: v}"));

        scene().apply(OPERATOR, scene().serviceAccount("uid: %s, annotations: {r: '1'}".formatted(uid(live))));

        assertThat(scene().liveAccount().getMetadata().getAnnotations()).isEqualTo(Map.of("k", "v", "r", "1"));
    }

    @Test
    default void anotherManagersValueIsAConflict() {
        HasMetadata live = scene().createAs("helm", scene().serviceAccount("annotations: {r: '1', k: v}"));

        Status refusal =
                refusal(() -> scene().apply(OPERATOR, scene().serviceAccount("annotations: {r: '2', n: '1'}")));

        assertThat(refusal.getCode()).isEqualTo(409);
        assertThat(refusal.getReason()).isEqualTo("Conflict");
        assertThat(refusal.getMessage())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"helm\" using v1: .metadata.annotations.r");
        assertThat(refusal.getDetails().getCauses())
                .containsExactly(new StatusCause(
                        ".metadata.annotations.r", "conflict with \"helm\" using v1", "FieldManagerConflict"));
        assertThat(revision(scene().liveAccount())).isEqualTo(revision(live));
    }

    @Test
    default void allConflictsAreSaidAtOnce() {
        scene().createAs("helm", scene().serviceAccount("annotations: {r: '1', k: v}"));
        scene().apply("argo", scene().serviceAccount("annotations: {a: '1'}"));

        Status refusal =
                refusal(() -> scene().apply(OPERATOR, scene().serviceAccount("annotations: {r: '2', k: w, a: '2'}")));

        assertThat(refusal.getMessage()).isEqualTo("""
                Apply failed with 3 conflicts: conflicts with "argo":
                - .metadata.annotations.a
                conflicts with "helm" using v1:
                - .metadata.annotations.k
                - .metadata.annotations.r""");
        assertThat(refusal.getDetails().getCauses())
                .extracting(StatusCause::getField)
                // The real one goes through a map.
                .containsExactlyInAnyOrder(
                        ".metadata.annotations.a", ".metadata.annotations.k", ".metadata.annotations.r");
    }

    @Test
    default void theSameValueIsShared() {
        scene().createAs("helm", scene().serviceAccount("annotations: {r: '1', k: v}"));

        HasMetadata shared = scene().apply(OPERATOR, scene().serviceAccount("annotations: {r: '1'}"));

        assertThat(scene().owners(shared)).containsExactly("""
                irsa-operator Apply {"f:metadata":{"f:annotations":{"f:r":{}}}}""", """
                helm Update {"f:metadata":{"f:annotations":{".":{},"f:k":{},"f:r":{}}}}""");
    }

    @Test
    default void anApplyThatChangesNothingKeepsTheRevision() {
        HasMetadata first = scene().apply(OPERATOR, scene().serviceAccount("annotations: {r: '1'}"));

        HasMetadata second = scene().forceApply(OPERATOR, scene().serviceAccount("annotations: {r: '1'}"));

        assertThat(revision(second)).isEqualTo(revision(first));
    }

    @Test
    default void forceTakesTheField() {
        scene().createAs("helm", scene().serviceAccount("annotations: {r: '1', k: v}"));

        HasMetadata forced = scene().forceApply(OPERATOR, scene().serviceAccount("annotations: {r: '2'}"));

        assertThat(scene().annotation("r")).isEqualTo("2");
        assertThat(scene().owners(forced)).containsExactly("""
                irsa-operator Apply {"f:metadata":{"f:annotations":{"f:r":{}}}}""", """
                helm Update {"f:metadata":{"f:annotations":{".":{},"f:k":{}}}}""");
    }

    @Test
    default void anEditTakesTheFieldFromTheOneThatApplied() {
        scene().apply(OPERATOR, scene().serviceAccount("annotations: {r: '1', n: '1'}"));

        HasMetadata edited = scene().merge(
                        scene().account(), "kubectl-annotate", "{\"metadata\": {\"annotations\": {\"r\": \"3\"}}}");

        assertThat(scene().owners(edited)).containsExactly("""
                irsa-operator Apply {"f:metadata":{"f:annotations":{"f:n":{}}}}""", """
                kubectl-annotate Update {"f:metadata":{"f:annotations":{"f:r":{}}}}""");
        assertThat(refusal(() -> scene().apply(OPERATOR, scene().serviceAccount("annotations: {r: '1', n: '1'}")))
                        .getMessage())
                .contains("conflict with \"kubectl-annotate\"");
    }

    @Test
    default void anApplyWithoutAFieldDropsWhatOnlyItsManagerOwned() {
        scene().createAs("helm", scene().serviceAccount("annotations: {shared: '1'}"));
        scene().apply(OPERATOR, scene().serviceAccount("annotations: {shared: '1', own: '1'}"));

        HasMetadata left = scene().apply(OPERATOR, scene().serviceAccount(""));

        assertThat(left.getMetadata().getAnnotations()).isEqualTo(Map.of("shared", "1"));
        assertThat(scene().owners(left)).containsExactly("""
                helm Update {"f:metadata":{"f:annotations":{".":{},"f:shared":{}}}}""");
    }

    @Test
    default void theLastFieldTakesItsMapAlong() {
        scene().apply(OPERATOR, scene().serviceAccount("annotations: {own: '1'}"));

        HasMetadata left = scene().apply(OPERATOR, scene().serviceAccount(""));

        assertThat(left.getMetadata().getAnnotations()).isNullOrEmpty();
        assertThat(scene().owners(left)).isEmpty();
    }

    /** One manager that creates and later applies meets itself: what it created needs force, or the same value. */
    @Test
    default void whatAManagerCreatedConflictsWithWhatItApplies() {
        scene().createAs(OPERATOR, scene().serviceAccount("annotations: {r: '1'}"));

        Status refusal = refusal(() -> scene().apply(OPERATOR, scene().serviceAccount("annotations: {r: '2'}")));

        assertThat(refusal.getMessage()).contains("conflict with \"irsa-operator\" using v1: .metadata.annotations.r");
    }

    /** And giving it up by apply leaves it: the entry that created it still owns it. */
    @Test
    default void whatAManagerCreatedStaysWhenItAppliesNothing() {
        scene().createAs(OPERATOR, scene().serviceAccount("annotations: {r: '1'}"));
        scene().apply(OPERATOR, scene().serviceAccount("annotations: {r: '1'}"));

        scene().apply(OPERATOR, scene().serviceAccount(""));

        assertThat(scene().annotation("r")).isEqualTo("1");
    }

    @Test
    default void finalizersAndOwnersAreOwnedOneByOne() {
        HasMetadata owner = scene().createAs("user", scene().iamServiceAccount("", "spec: {}"));
        scene().createAs("helm", scene().serviceAccount("finalizers: [a.test/x]"));

        HasMetadata applied = scene().apply(
                        OPERATOR,
                        scene().serviceAccount("finalizers: [b.test/x], ownerReferences: [%s]"
                                .formatted(Scene.ownerReference(owner))));

        assertThat(applied.getMetadata().getFinalizers()).containsExactlyInAnyOrder("a.test/x", "b.test/x");
        assertThat(scene().owners(applied).getFirst())
                .isEqualTo("irsa-operator Apply {\"f:metadata\":{\"f:finalizers\":{\"v:\\\"b.test/x\\\"\":{}},"
                        + "\"f:ownerReferences\":{\"k:{\\\"uid\\\":\\\"%s\\\"}\":{}}}}".formatted(uid(owner)));
        HasMetadata dropped = scene().apply(OPERATOR, scene().serviceAccount(""));
        assertThat(dropped.getMetadata().getFinalizers()).containsExactly("a.test/x");
        assertThat(Scene.ownerUids(dropped)).isEmpty();
    }
}
