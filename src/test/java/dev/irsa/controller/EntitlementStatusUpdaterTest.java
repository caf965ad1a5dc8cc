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

    private void awaitCounts(int a, int b) {
        await().untilAsserted(() -> assertThat(
                        List.of(status("a").resources(), status("b").resources()))
                .containsExactly(a, b));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
