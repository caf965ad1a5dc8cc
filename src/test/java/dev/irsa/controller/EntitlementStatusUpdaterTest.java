package dev.irsa.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementStatus;
import dev.irsa.fixtures.demo.InProcessEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an entitlement says of itself. */
class EntitlementStatusUpdaterTest {
    private static final String WRITES = "apply iamentitlements/status";

    private InProcessEnvironment environment;

    @BeforeEach
    void start() throws InterruptedException {
        environment = InProcessEnvironment.start(Duration.ofSeconds(1));
        environment.createNamespace("payments", Map.of("team", "payments"));
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    private void entitle(String name, String spec) {
        environment
                .user()
                .resource("""
                {"apiVersion": "irsa.dev/v1beta1", "kind": "IamEntitlement", "metadata": {"name": "%s"}, "spec": %s}
                """.formatted(name, spec))
                .fieldManager("kubectl")
                .serverSideApply();
    }

    private void apply(String name, String policy) {
        environment
                .user()
                .resource("""
                {"apiVersion": "irsa.dev/v1beta1", "kind": "IamServiceAccount",
                 "metadata": {"namespace": "payments", "name": "%s"}, "spec": {"policies": {"managed": ["%s"]}}}
                """.formatted(name, policy))
                .fieldManager("kubectl")
                .serverSideApply();
    }

    private IamEntitlementStatus status(String name) {
        var status = environment
                .user()
                .resources(IamEntitlement.class)
                .withName(name)
                .get()
                .getStatus();
        return status == null ? new IamEntitlementStatus(-1, 0, List.of()) : status;
    }

    @Test
    void countsOnlySelectedResources() {
        entitle(
                "a",
                "{\"namespaceSelector\": {\"matchLabels\": {\"team\": \"payments\"}},"
                        + " \"allow\": {\"managedPolicies\": [\"A\"]}}");
        entitle("b", "{\"namespaceSelector\": {}, \"allow\": {\"managedPolicies\": [\"*\"]}}");
        apply("one", "A");
        apply("two", "B");
        apply("three", "B");
        apply("denied", "arn:aws:iam::111122223333:policy/x");

        awaitCounts(1, 2);
        entitle("a", "{\"namespaceSelector\": {\"matchLabels\": {\"team\": \"other\"}}}");
        awaitCounts(0, 3);
        assertThat(status("a").observedGeneration()).isEqualTo(2);
        assertThat(status("a").conditions())
                .extracting(Condition::observedGeneration)
                .containsExactly(2L);
    }

    @Test
    void validEntitlementBecomesReadyWithOneWrite() {
        entitle("a", "{\"namespaceSelector\": {}, \"allow\": {\"managedPolicies\": [\"A\"]}}");

        await().until(() -> status("a").conditions().stream()
                .anyMatch(condition ->
                        condition.type().equals("Ready") && condition.status().equals("True")));
        apply("one", "A");
        await().until(() -> status("a").resources() == 1);
        environment.user().resources(IamEntitlement.class).withName("a").edit(entitlement -> {
            entitlement.getMetadata().setLabels(Map.of("seen", "yes"));
            return entitlement;
        });
        Awaitility.await()
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(10))
                .until(() -> environment.server().requests().all().getOrDefault(WRITES, 0) == 2);
    }

    @Test
    void correctsStatusThatAnotherClientWrote() {
        entitle("a", "{\"namespaceSelector\": {}, \"allow\": {\"managedPolicies\": [\"A\"]}}");
        apply("one", "A");
        await().until(() -> status("a").resources() == 1);

        environment.user().resources(IamEntitlement.class).withName("a").editStatus(entitlement -> {
            entitlement.setStatus(new IamEntitlementStatus(1, 99, List.of()));
            return entitlement;
        });

        await().until(() -> status("a").resources() == 1);
    }

    @Test
    void invalidEntitlementIsStalledWithMessage() {
        entitle(
                "a",
                "{\"namespaceSelector\": {}, \"require\": {\"permissionsBoundaryARN\":"
                        + " \"arn:aws:iam::999988887777:policy/b\"}}");

        await().until(() -> status("a").conditions().size() == 2);
        assertThat(status("a").conditions())
                .allSatisfy(condition -> {
                    assertThat(condition.reason()).isEqualTo("InvalidSpec");
                    assertThat(condition.message())
                            .startsWith("require.permissionsBoundaryARN arn:aws:iam::999988887777");
                })
                .extracting(condition -> condition.type() + "=" + condition.status())
                .containsExactly("Ready=False", "Stalled=True");

        entitle("a", "{\"namespaceSelector\": {}}");
        await().until(() -> status("a").conditions().size() == 1);
        assertThat(status("a").conditions().getFirst().status()).isEqualTo("True");
    }

    @Test
    void warnsOfOthersThatRequireSomethingElseInTheSameNamespace() {
        String baseline = "{\"namespaceSelector\": {\"matchLabels\": {\"team\": \"payments\"}}, \"require\":"
                + " {\"managedPolicies\": [\"arn:aws:iam::111122223333:policy/baseline\"]}}";
        entitle("a", baseline);
        entitle("b", baseline);
        entitle("c", "{\"namespaceSelector\": {}}");
        entitle("d", "{\"namespaceSelector\": {\"matchLabels\": {\"team\": \"ledger\"}}}");

        await().until(() -> message("c").contains("a (in namespace payments), b (in namespace payments)"));
        assertThat(message("a"))
                .isEqualTo(
                        "entitlement is valid; it requires no permissions boundary; what is required of a role depends on"
                                + " which entitlement allows it, because others that select the same namespaces differ in require: c (in namespace payments);"
                                + " make them equal, or let each namespace be selected by one of them");
        await().until(() -> message("d").equals("entitlement is valid; it requires no permissions boundary"));

        entitle("c", "{\"namespaceSelector\": {\"matchLabels\": {\"team\": \"ledger\"}}}");
        await().until(() -> message("a").equals("entitlement is valid; it requires no permissions boundary"));

        environment.createNamespace("other", Map.of("team", "payments"));
        entitle("c", "{\"namespaceSelector\": {\"matchLabels\": {\"kind\": \"both\"}}}");
        await().until(() -> message("c").equals("entitlement is valid; it requires no permissions boundary"));
        environment.user().namespaces().withName("other").edit(namespace -> {
            namespace.getMetadata().setLabels(Map.of("team", "payments", "kind", "both"));
            return namespace;
        });
        await().until(() -> message("a").contains("c (in namespace other)"));
    }

    private String message(String entitlement) {
        return status(entitlement).conditions().stream()
                .map(Condition::message)
                .findFirst()
                .orElse("");
    }

    private void awaitCounts(int a, int b) {
        await().untilAsserted(() -> assertThat(
                        List.of(status("a").resources(), status("b").resources()))
                .containsExactly(a, b));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
