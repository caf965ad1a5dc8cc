package dev.irsa.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a test can make the server do. */
@Timeout(60)
class MockApiServerTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final MockApiServer server = MockApiServer.start(Clock.fixed(NOW, ZoneOffset.UTC));
    private final KubernetesClient impatient = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(server.config())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    private final Scene scene = new Scene(impatient, "default");

    @AfterEach
    void stop() {
        impatient.close();
        server.close();
    }

    @Test
    void refusesARequestThatThenHasNoEffect() {
        server.intercept(request -> request.isWrite() ? Fault.namespaceTerminating("default") : Fault.none());

        assertThat(Scene.refusal(this::create)
                        .getDetails()
                        .getCauses()
                        .getFirst()
                        .getReason())
                .isEqualTo("NamespaceTerminating");

        assertThat(scene.account().get()).isNull();
    }

    @Test
    void cutsTheConnectionBeforeARequestTakesEffect() {
        server.intercept(request -> request.isWrite() ? new Fault.CutBefore() : Fault.none());

        assertThatThrownBy(this::create).isInstanceOf(KubernetesClientException.class);

        assertThat(scene.account().get()).isNull();
    }

    @Test
    void cutsTheConnectionAfterARequestTookEffect() {
        server.intercept(request -> request.isWrite() ? new Fault.CutAfter() : Fault.none());

        assertThatThrownBy(this::create).isInstanceOf(KubernetesClientException.class);

        assertThat(scene.account().get()).isNotNull();
    }

    @Test
    void answersLate() {
        server.intercept(request -> new Fault.Late(Duration.ofMillis(200)));
        long before = System.nanoTime();

        create();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void countsRequests() {
        create();
        scene.apply("x", scene.serviceAccount("annotations: {a: '1'}"));
        scene.liveAccount();

        assertThat(server.requests().of("create", "serviceaccounts")).isEqualTo(1);
        assertThat(server.requests().of("apply", "serviceaccounts")).isEqualTo(1);
        assertThat(server.requests().of("get", "serviceaccounts")).isEqualTo(1);
        assertThat(server.requests().writes()).isEqualTo(2);
        server.requests().clear();
        assertThat(server.requests().all()).isEmpty();
    }

    @Test
    void takesTimeFromItsClock() {
        create();

        assertThat(scene.liveAccount().getMetadata().getCreationTimestamp()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void hasTheIssuerItIsGiven() {
        server.setIssuer("https://issuer.test");

        assertThat(impatient.raw("/.well-known/openid-configuration")).contains("\"issuer\":\"https://issuer.test\"");
    }

    @Test
    void informersSurviveTheLossOfTheirWatch() {
        AtomicInteger updates = new AtomicInteger();
        create();
        try (var informer = impatient.serviceAccounts().inAnyNamespace().inform(new CountUpdates(updates))) {
            await().until(informer::isWatching);

            server.dropWatches();
            annotate("1");

            await().until(() -> updates.get() == 1);
            await().until(informer::isWatching);
            annotate("2");
            await().until(() -> updates.get() == 2);
        }
    }

    private void annotate(String value) {
        scene.merge(scene.account(), "helm", "{\"metadata\": {\"annotations\": {\"a\": \"%s\"}}}".formatted(value));
    }

    private record CountUpdates(AtomicInteger updates) implements ResourceEventHandler<ServiceAccount> {
        @Override
        public void onAdd(ServiceAccount added) {}

        @Override
        public void onUpdate(ServiceAccount before, ServiceAccount after) {
            updates.incrementAndGet();
        }

        @Override
        public void onDelete(ServiceAccount gone, boolean unknown) {}
    }

    private void create() {
        scene.createAs("helm", scene.serviceAccount(""));
    }
}
