package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Entitlements as they are delivered, in a cluster of its own, where nothing is allowed at first. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntitlementIT {
    private static final Pattern COMMAND = Pattern.compile("kubectl (label namespace .*)$");

    private ControlPlane controlPlane;
    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        try {
            world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
            operator = world.launch().startReady();
        } catch (RuntimeException e) {
            controlPlane.close();
            throw e;
        }
    }

    @AfterAll
    void stop() {
        try {
            operator.close();
            Log.assertNoStackTrace(operator.log());
        } finally {
            controlPlane.close();
        }
    }

    @BeforeEach
    void allowNothing() {
        world.kubectl().get("delete", "iamentitlements", "--all");
    }

    /** A file of deploy/, for a namespace of the test's own. */
    private AppliedResource sample(String namespace, String name) throws IOException {
        String manifest = Files.readString(Path.of("deploy", "samples", name + ".yaml"));
        assertThat(manifest).contains("namespace: payments", "name: " + name);
        world.kubectl()
                .apply(manifest.replace("namespace: payments", "namespace: " + namespace))
                .orThrow();
        return new AppliedResource(world, namespace, name);
    }

    private void allow(String file) {
        String name = world.kubectl().get("apply", "-f", "deploy/" + file, "-o=jsonpath={.metadata.name}");
        awaitSeen(name);
    }

    /** The operator hears of entitlements, namespaces and resources one by one, in any order. */
    private void awaitSeen(String entitlement) {
        World.await().until(() -> status(entitlement, "observedGeneration").equals("1"));
    }

    private String status(String entitlement, String path) {
        return world.kubectl().get("get", "iamentitlement", entitlement, "-o=jsonpath={.status." + path + "}");
    }

    @Test
    void aFirstTryIsOneCommandAwayAndItsMessageSaysWhich() throws IOException {
        allow("entitlement.yaml");
        AppliedResource invoices = sample(world.namespace(), "invoices");

        String message = invoices.awaitReason("NotEntitled");
        assertThat(invoices.trueConditions()).isEqualTo("Stalled");
        assertThat(world.proxy().calls().actionsOn(invoices.role())).isEmpty();
        String command =
                COMMAND.matcher(message).results().map(MatchResult::group).collect(Collectors.joining());
        assertThat(command)
                .isEqualTo("kubectl label namespace " + invoices.namespace() + " irsa.dev/entitlement=default");
        world.kubectl()
                .run("", List.of(command.substring("kubectl ".length()).split(" ", -1)))
                .orThrow();

        invoices.awaitReady();
        assertThat(world.attached(invoices.role())).containsExactly("arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess");
    }

    @Test
    void theSampleOfATeamLiesWithinItsEntitlement() throws IOException {
        allow("samples/entitlement.yaml");
        String namespace = world.namespace();
        AppliedResource ledger = sample(namespace, "ledger");
        assertThat(ledger.awaitReason("NotEntitled")).contains("label namespace " + namespace + " team=payments");

        world.kubectl().get("label", "namespace", namespace, "team=payments");

        ledger.awaitReady();
        assertThat(world.tags(ledger.role())).containsEntry("team", "payments");
        assertThat(world.inline(ledger.role())).containsExactly("write-ledger");
    }

    @Test
    void ofThirtyAtOnceFiveGetARoleAndOneThatGoesMakesRoomForOne() {
        world.kubectl()
                .apply(entitlement(
                        "five",
                        "{namespaceSelector: {},"
                                + " managedPolicies: [AmazonS3ReadOnlyAccess], maxRolesPerNamespace: 5}"))
                .orThrow();
        awaitSeen("five");
        String namespace = world.namespace();
        world.proxy().calls().clear();
        world.kubectl()
                .apply(IntStream.rangeClosed(1, 30)
                        .mapToObj(i -> World.smallest(namespace, "r%02d".formatted(i)))
                        .collect(Collectors.joining("---\n")))
                .orThrow();

        World.await().until(() -> reasons(namespace).equals(List.of("NotEntitled 25", "Ready 5")));
        assertThat(readyOnes(namespace)).containsExactly("r01", "r02", "r03", "r04", "r05");
        assertThat(world.rolesOf(namespace)).hasSize(5);
        assertThat(world.proxy().calls().count("iam:CreateRole")).isEqualTo(5);

        new AppliedResource(world, namespace, "r03").delete().awaitGone();

        World.await().until(() -> reasons(namespace).equals(List.of("NotEntitled 24", "Ready 5")));
        Awaitility.await()
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(10))
                .until(() -> readyOnes(namespace).equals(List.of("r01", "r02", "r04", "r05", "r06")));
        assertThat(world.rolesOf(namespace)).hasSize(5);
        assertThat(world.proxy().calls().count("iam:CreateRole")).isEqualTo(6);
    }

    private List<String> reasons(String namespace) {
        return conditions(namespace).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .toList();
    }

    private List<String> readyOnes(String namespace) {
        return conditions(namespace).stream()
                .filter(line -> line.endsWith(" Ready"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    /** Name and reason of each resource. */
    private List<String> conditions(String namespace) {
        return world.kubectl()
                .get(
                        "-n",
                        namespace,
                        "get",
                        "iamsa",
                        "-o=jsonpath={range .items[*]}{.metadata.name} "
                                + "{.status.conditions[?(@.type==\"Ready\")].reason}{\"\\n\"}{end}")
                .lines()
                .toList();
    }

    private static String entitlement(String name, String spec) {
        return """
                apiVersion: irsa.dev/v1alpha1
                kind: IamEntitlement
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec);
    }
}
