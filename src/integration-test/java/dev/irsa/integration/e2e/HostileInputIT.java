package dev.irsa.integration.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests input of malicious users that the API server accepts, and hostile responses of AWS. The operator rejects it
 * with a message and keeps reconciling other resources.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {
    private static final int LIMIT = 1024;

    private TestEnvironment env;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
        operator = env.launch().startReady();
    }

    @AfterAll
    void stop() throws IOException {
        env.proxy().clear();
        assertHealthyAndStop();
    }

    /** Stops a process and asserts that hostile input caused no stack trace and no excessive memory. */
    private void assertHealthyAndStop() throws IOException {
        long peak = operator.peakResidentKiB();
        operator.close();
        System.out.println("hostile input: peak of " + peak / 1024 + " MiB resident");
        OperatorLog.assertNoStackTrace(operator.log());
        assertThat(peak).as("peak resident KiB").isLessThan(memoryLimitKiB());
    }

    private static long memoryLimitKiB() throws IOException {
        Deployment deployment =
                Serialization.unmarshal(Files.readString(Path.of("deploy", "deployment.yaml")), Deployment.class);
        var container =
                deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
        Quantity limit = requireNonNull(container.getResources().getLimits().get("memory"));
        return limit.getNumericalAmount().longValueExact() / 1024;
    }

    @Test
    void handlesHostileDocumentsWhileRunning() {
        assertHandled(hostileNamespace());
    }

    @Test
    void handlesHostileDocumentsAtStart() throws IOException {
        assertHealthyAndStop();
        String namespace = hostileNamespace();

        operator = env.launch().startReady();

        assertHandled(namespace);
    }

    /** Creates all hostile documents in a new namespace and returns its name. */
    private String hostileNamespace() {
        String namespace = env.namespace();
        HostileDocument.ALL.forEach(document -> document.create(env, namespace));
        return namespace;
    }

    private void assertHandled(String namespace) {
        AppliedResource neighbour = AppliedResource.smallest(env, "neighbour").awaitReady();
        List<HostileDocument> accepted =
                HostileDocument.ALL.stream().filter(HostileDocument::isAccepted).toList();
        accepted.forEach(document -> document.awaitOutcome(new AppliedResource(env, namespace, document.name())));
        assertThat(env.rolesOf(namespace))
                .containsExactlyInAnyOrderElementsOf(accepted.stream()
                        .filter(HostileDocument::hasRole)
                        .map(document -> TestEnvironment.roleName(namespace, document.name()))
                        .toList());

        accepted.forEach(document -> new AppliedResource(env, namespace, document.name()).delete());

        TestEnvironment.await()
                .untilAsserted(() -> assertThat(env.kubectl().get("-n", namespace, "get", "iamsa", "--output=name"))
                        .isEmpty());
        assertThat(env.rolesOf(namespace)).isEmpty();
        neighbour.delete().awaitGone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e9\ud83d\ude00 ", "&#10;&#9;\u202e\u2066 ", "&lt;script&gt;%s%n$(x) "})
    void truncatesLongAwsErrorMessages(String words) {
        env.proxy().faults().on("iam:CreateRole").fail(400, "InvalidInput", words.repeat(1_000_000 / words.length()));
        AppliedResource resource = AppliedResource.smallest(env, "invoices");

        String message = resource.awaitReason("InvalidSpec");

        assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(LIMIT);
        assertThat(message.codePoints()).noneMatch(Character::isISOControl);
        resource.await("event").until(() -> resource.events("InvalidSpec").size() == 1);
        env.proxy().clear();
        resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}").awaitReady();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "&#1;", "<b>"})
    void retriesAfterMalformedXmlResponse(String words) {
        env.proxy().faults().on("iam:CreateRole").times(1).fail(400, "InvalidInput", words);
        AppliedResource.smallest(env, "invoices").awaitReady();
    }

    @Test
    void ignoresUnusualLabelsAndAnnotations() {
        String namespace = env.namespace();
        env.kubectl()
                .apply("""
                        apiVersion: irsa.dev/v1beta1
                        kind: IamServiceAccount
                        metadata:
                          namespace: %s
                          name: a.%s.b
                          labels: {"x.example.com/%s": "%s"}
                          annotations:
                            "kubectl.kubernetes.io/last-applied-configuration": "not json \\u202e"
                            "x/big": "%s"
                        spec: {role: {description: "\\u00e9 ok"}}
                        """.formatted(
                                namespace, "c".repeat(50), "k".repeat(63), "v".repeat(63), "\\u0000".repeat(30_000)))
                .orThrow();
        new AppliedResource(env, namespace, "a." + "c".repeat(50) + ".b")
                .awaitReady()
                .delete()
                .awaitGone();
    }
}
