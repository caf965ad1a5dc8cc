package dev.irsa.mock;

import static dev.irsa.mock.Scene.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Watchable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Lists, watches, and the smaller resources that the operator uses. */
interface WatchContract extends ApiContract {

    /** What a watch told, one line an event. */
    record Told<T>(List<String> events) implements Watcher<T> {
        @Override
        public void eventReceived(Action action, T resource) {
            var object = Json.of(resource);
            events.add("%s %s %s"
                    .formatted(
                            action,
                            object.path("metadata").path("name").asText(),
                            object.path("status").path("observedGeneration").asText()));
        }

        @Override
        public void onClose(WatcherException cause) {}
    }

    @Test
    default void aWatchTellsAllThatHappens() {
        Told<GenericKubernetesResource> told = new Told<>(new CopyOnWriteArrayList<>());
        String beginning = scene().client()
                .genericKubernetesResources("irsa.dev/v1alpha1", "IamServiceAccount")
                .inNamespace(scene().namespace())
                .list()
                .getMetadata()
                .getResourceVersion();
        scene().createAs("user", scene().iamServiceAccount("finalizers: [a.test/x]", "spec: {}"));

        try (Watch _ = scene().client()
                .genericKubernetesResources("irsa.dev/v1alpha1", "IamServiceAccount")
                .inNamespace(scene().namespace())
                .withResourceVersion(beginning)
                .watch(told)) {
            scene().applyStatus(OPERATOR, scene().iamServiceAccount("", "status: {observedGeneration: 1}"));
            scene().iamAccount().delete();
            scene().merge(scene().iamAccount(), OPERATOR, "{\"metadata\": {\"finalizers\": null}}");

            await().untilAsserted(() -> assertThat(told.events())
                    .containsExactly("ADDED i -1", "MODIFIED i 1", "MODIFIED i 1", "DELETED i 1"));
        }
    }

    @Test
    default void aWatchWithASelectorSeesObjectsComeAndGo() {
        Told<ServiceAccount> told = new Told<>(new CopyOnWriteArrayList<>());
        scene().createAs("helm", scene().serviceAccount("labels: {team: a}"));
        Watchable<ServiceAccount> selected = scene().client()
                .serviceAccounts()
                .inNamespace(scene().namespace())
                .withLabel("team", "b");

        try (Watch _ = selected.watch(told)) {
            scene().merge(scene().account(), "helm", "{\"metadata\": {\"labels\": {\"team\": \"b\"}}}");
            scene().merge(scene().account(), "helm", "{\"metadata\": {\"labels\": {\"team\": \"c\"}}}");

            await().untilAsserted(() -> assertThat(told.events()).containsExactly("ADDED s ", "DELETED s "));
        }
    }

    @Test
    default void listsAreNarrowedByLabel() {
        scene().createAs("helm", scene().serviceAccount("labels: {team: a}"));

        var accounts = scene().client().serviceAccounts().inNamespace(scene().namespace());

        assertThat(accounts.withLabel("team", "a").list().getItems()).hasSize(1);
        assertThat(accounts.withLabel("team", "b").list().getItems()).isEmpty();
        assertThat(accounts.withLabelIn("team", "a", "b").list().getItems()).hasSize(1);
        assertThat(accounts.withLabel("team").list().getItems()).hasSize(1);
        assertThat(accounts.withoutLabel("team", "a").list().getItems())
                .extracting(account -> account.getMetadata().getName())
                .doesNotContain("s");
    }

    @Test
    default void anEventIsMadeAndThenCounted() {
        Event event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(scene().namespace())
                .withName("i.1")
                .endMetadata()
                .withNewEventTime("2026-01-01T00:00:00.000000Z")
                .withReason("RoleCreated")
                .withAction("Reconcile")
                .withType("Normal")
                .withNote("created role r")
                .withReportingController(OPERATOR)
                .withReportingInstance("one")
                .withNewRegarding()
                .withKind("IamServiceAccount")
                .withNamespace(scene().namespace())
                .withName("i")
                .endRegarding()
                .build();
        scene().client().resource(event).create();
        var live = scene().client()
                .events()
                .v1()
                .events()
                .inNamespace(scene().namespace())
                .withName("i.1");

        scene().merge(
                        live,
                        OPERATOR,
                        "{\"series\": {\"count\": 2, \"lastObservedTime\": \"2026-01-01T00:00:01.000000Z\"}}");

        assertThat(live.require().getSeries().getCount()).isEqualTo(2);
        assertThat(live.require().getNote()).isEqualTo("created role r");
    }

    @Test
    default void theAdministratorMayDoAnything() {
        var review = scene().client()
                .resource(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb("patch")
                        .withResource("serviceaccounts")
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create();

        assertThat(review.getStatus().getAllowed()).isTrue();
    }

    @Test
    default void theClusterSaysWhoItIs() {
        assertThat(scene().client()
                        .namespaces()
                        .withName("kube-system")
                        .require()
                        .getMetadata()
                        .getUid())
                .isNotEmpty();
        assertThat(Json.read(scene().client().raw("/.well-known/openid-configuration"))
                        .path("issuer")
                        .asText())
                .isEqualTo("https://oidc.eks.eu-west-1.amazonaws.com/id/ABC");
        assertThat(scene().client().raw("/readyz")).isEqualTo("ok");
        assertThat(scene().client().getKubernetesVersion().getMinor()).isEqualTo("36");
        assertThat(scene().client()
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("iamserviceaccounts.irsa.dev")
                        .get())
                .isNotNull();
    }
}
