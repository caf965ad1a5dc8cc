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
 * What the API server takes from a user who wishes the operator ill, and what AWS might answer: it is refused in a
 * sentence, and the neighbours are served all the same.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {
    private static final int LIMIT = 1024;

    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
        operator = world.launch().startReady();
    }

    @AfterAll
    void stop() throws IOException {
        world.proxy().clear();
        end();
    }

    /** Asserts of every process that was given something hostile what must hold of it, whatever it was given. */
    private void end() throws IOException {
        long peak = operator.peakResidentKiB();
        operator.close();
        System.out.println("hostile input: at most " + peak / 1024 + " MiB resident");
        Log.assertNoStackTrace(operator.log());
        assertThat(peak).as("KiB resident at most").isLessThan(memoryLimitKiB());
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
    void documentsThatComeWhileItRunsHarmNobodyElse() {
        harmless(hostileNamespace());
    }

    @Test
    void documentsThatAreThereBeforeItHarmNobodyElse() throws IOException {
        end();
        String namespace = hostileNamespace();

        operator = world.launch().startReady();

        harmless(namespace);
    }

    /** One with all that the API server takes. */
    private String hostileNamespace() {
        String namespace = world.namespace();
        HostileDocument.ALL.forEach(document -> document.create(world, namespace));
        return namespace;
    }

    private void harmless(String namespace) {
        AppliedResource neighbour = AppliedResource.smallest(world, "neighbour").awaitReady();
        List<HostileDocument> taken =
                HostileDocument.ALL.stream().filter(HostileDocument::isTaken).toList();
        taken.forEach(document -> document.awaitOutcome(new AppliedResource(world, namespace, document.name())));
        assertThat(world.rolesOf(namespace))
                .containsExactlyInAnyOrderElementsOf(taken.stream()
                        .filter(HostileDocument::hasRole)
                        .map(document -> World.roleName(namespace, document.name()))
                        .toList());

        taken.forEach(document -> new AppliedResource(world, namespace, document.name()).delete());

        World.await()
                .untilAsserted(() -> assertThat(world.kubectl().get("-n", namespace, "get", "iamsa", "--output=name"))
                        .isEmpty());
        assertThat(world.rolesOf(namespace)).isEmpty();
        neighbour.delete().awaitGone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e9\ud83d\ude00 ", "&#10;&#9;\u202e\u2066 ", "&lt;script&gt;%s%n$(x) "})
    void aMegabyteOfWordsFromAwsIsCutToWhatAnEventHolds(String words) {
        world.proxy().faults().on("iam:CreateRole").fail(400, "InvalidInput", words.repeat(1_000_000 / words.length()));
        AppliedResource resource = AppliedResource.smallest(world, "invoices");

        String message = resource.awaitReason("InvalidSpec");

        assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(LIMIT);
        assertThat(message.codePoints()).noneMatch(Character::isISOControl);
        resource.await("event").until(() -> resource.events("InvalidSpec").size() == 1);
        world.proxy().clear();
        resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}").awaitReady();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "&#1;", "<b>"})
    void wordsThatAreNotXmlAreNoAnswerAndTriedAgain(String words) {
        world.proxy().faults().on("iam:CreateRole").times(1).fail(400, "InvalidInput", words);
        AppliedResource.smallest(world, "invoices").awaitReady();
    }

    @Test
    void labelsAndAnnotationsOfAnyKindAreNoConcern() {
        String namespace = world.namespace();
        world.kubectl()
                .apply("""
                        apiVersion: irsa.dev/v1alpha1
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
        new AppliedResource(world, namespace, "a." + "c".repeat(50) + ".b")
                .awaitReady()
                .delete()
                .awaitGone();
    }
}
