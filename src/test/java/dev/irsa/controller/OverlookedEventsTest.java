package dev.irsa.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.fixtures.demo.InProcessEnvironment;
import dev.irsa.port.CallInterceptor;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users do at the moments at which a framework that filters its own writes would overlook it. */
class OverlookedEventsTest {
    private static final String RESOURCE = resource("payments");
    private static final String EDITED = RESOURCE.replace("spec:", "spec:\n  role: {description: edited}");

    private final AtomicReference<Runnable> beforeTheStatus = new AtomicReference<>(() -> {});

    @SuppressWarnings("NullAway.Init") // started by each test in its own way
    private InProcessEnvironment environment;

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void reconcilesEditBeforeOwnStatusWrite() throws InterruptedException {
        start(Set.of());
        beforeTheStatus.set(() -> apply(EDITED));
        apply(RESOURCE);
        await().until(() -> "edited"
                .equals(environment
                        .iam()
                        .role("laptop_payments_invoices")
                        .map(role -> role.description())
                        .orElse("")));
        await().until(() -> ready(condition -> Long.toString(condition.observedGeneration()))
                .equals("2"));
    }

    @Test
    void reconcilesDeletionBeforeOwnStatusWrite() throws InterruptedException {
        start(Set.of());
        beforeTheStatus.set(() -> environment.user().resource(RESOURCE).delete());
        apply(RESOURCE);
        await().until(() -> environment.resource("payments", "invoices") == null);
        assertThat(environment.iam().roles()).isEmpty();
    }

    @Test
    void reconcilesRecreatedResource() throws InterruptedException {
        start(Set.of());
        for (int round = 0; round < 5; round++) {
            apply(RESOURCE);
            await().until(() -> ready(Condition::status).equals("True"));
            String uid =
                    environment.resource("payments", "invoices").getMetadata().getUid();
            environment.user().resource(RESOURCE).delete();
            await().until(() -> environment.resource("payments", "invoices") == null);
            apply(RESOURCE);
            await().until(() -> ready(Condition::status).equals("True"));
            assertThat(environment
                            .resource("payments", "invoices")
                            .getMetadata()
                            .getUid())
                    .isNotEqualTo(uid);
            environment.user().resource(RESOURCE).delete();
            await().until(() -> environment.resource("payments", "invoices") == null);
        }
        assertThat(environment.iam().roles()).isEmpty();
    }

    @Test
    void restoresRemovedFinalizer() throws InterruptedException {
        start(Set.of());
        apply(RESOURCE);
        await().until(() -> ready(Condition::status).equals("True"));
        environment.user().resource(RESOURCE).edit(found -> {
            found.getMetadata().setFinalizers(List.of());
            return found;
        });
        await().until(() -> environment.resource("payments", "invoices").hasFinalizer(IamServiceAccount.FINALIZER));
    }

    /** Found by the simulation: a write of the status that was given up long ago came after all. */
    @Test
    void replacesForeignStatus() throws InterruptedException {
        start(Set.of());
        apply(RESOURCE);
        await().until(() -> ready(Condition::status).equals("True"));
        var ours = environment.resource("payments", "invoices").getStatus();
        IamServiceAccount late = environment.resource("payments", "invoices");
        late.setStatus(IamServiceAccountStatus.UNSEEN);
        environment.user().resource(late).updateStatus();
        await().until(() -> ready(Condition::status).equals("True"));
        // The condition is new, so its time may be a second later.
        assertThat(environment.resource("payments", "invoices").getStatus())
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*lastTransitionTime")
                .isEqualTo(ours);
        assertThat(environment.iam().calls().of("CreateRole")).isOne();
    }

    @Test
    void ownStatusWriteTriggersNoReconcile() throws InterruptedException {
        start(Set.of());
        apply(RESOURCE);
        await().until(() -> ready(Condition::status).equals("True"));
        await().until(() -> environment.served("everything") == 1);
        double before = environment.reconciles();

        apply(EDITED);

        await().until(() -> ready(condition -> Long.toString(condition.observedGeneration()))
                .equals("2"));
        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(environment.reconciles()).isEqualTo(before + 1));
    }

    @Test
    void watchesServiceAccountsOfEachNamespace() throws InterruptedException {
        start(Set.of("payments", "orders", "stock"));
        for (String namespace : Set.of("payments", "orders", "stock")) {
            environment
                    .user()
                    .resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName("invoices")
                            .endMetadata()
                            .build())
                    .create();
            apply(resource(namespace));
        }
        for (String namespace : Set.of("payments", "orders", "stock")) {
            await().until(() -> "True".equals(environment.ready(namespace, "invoices", Condition::status)));
        }
    }

    private void start(Set<String> namespaces) throws InterruptedException {
        environment = InProcessEnvironment.start(
                        Duration.ofSeconds(1),
                        new CallInterceptor() {
                            @Override
                            public <T> T intercept(ExternalCall call, Supplier<T> work) {
                                if (call.action().endsWith("iamserviceaccounts/status")) {
                                    beforeTheStatus.getAndSet(() -> {}).run();
                                }
                                return work.get();
                            }
                        },
                        namespaces)
                .allowingEverything();
        for (String namespace : Set.of("payments", "orders", "stock")) {
            environment.createNamespace(namespace, Map.of());
        }
    }

    private void apply(String manifest) {
        environment
                .user()
                .resource(manifest)
                .fieldManager("kubectl")
                .forceConflicts()
                .serverSideApply();
    }

    private static String resource(String namespace) {
        return """
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: %s, name: invoices}
                spec:
                  policies: {managed: [AmazonS3ReadOnlyAccess]}
                """.formatted(namespace);
    }

    private String ready(Function<Condition, String> field) {
        return environment.ready("payments", "invoices", field);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }
}
