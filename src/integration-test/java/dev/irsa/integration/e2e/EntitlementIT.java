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

/** Tests the entitlements of the release in a separate cluster, which starts without any. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntitlementIT {
    private static final Pattern COMMAND = Pattern.compile("kubectl (label namespace .*)$");

    private ControlPlane controlPlane;
    private TestEnvironment env;
    private OperatorProcess operator;

    @BeforeAll
    void start(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        try {
            env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
            operator = env.launch().startReady();
        } catch (RuntimeException e) {
            controlPlane.close();
            throw e;
        }
    }

    @AfterAll
    void stop() {
        try {
            operator.close();
            OperatorLog.assertNoStackTrace(operator.log());
        } finally {
            controlPlane.close();
        }
    }

    @BeforeEach
    void deleteEntitlements() {
        env.kubectl().get("delete", "iamentitlements", "--all");
    }

    /** Applies a sample of deploy/ to this namespace. */
    private AppliedResource sample(String namespace, String name) throws IOException {
        String manifest = Files.readString(Path.of("deploy", "samples", name + ".yaml"));
        assertThat(manifest).contains("namespace: payments", "name: " + name);
        env.kubectl()
                .apply(manifest.replace("namespace: payments", "namespace: " + namespace))
                .orThrow();
        return new AppliedResource(env, namespace, name);
    }

    private void applyEntitlement(String file) {
        String name = env.kubectl().get("apply", "-f", "deploy/" + file, "-o=jsonpath={.metadata.name}");
        awaitObserved(name);
    }

    /** Events about entitlements, namespaces and resources reach the operator in any order. */
    private void awaitObserved(String entitlement) {
        TestEnvironment.await()
                .until(() -> status(entitlement, "observedGeneration").equals("1"));
    }

    private String status(String entitlement, String path) {
        return env.kubectl().get("get", "iamentitlement", entitlement, "-o=jsonpath={.status." + path + "}");
    }

    @Test
    void notEntitledMessageContainsLabelCommand() throws IOException {
        applyEntitlement("entitlement.yaml");
        env.kubectl().get("apply", "-f", "deploy/templates/s3-read.yaml");
        AppliedResource invoices = sample(env.namespace(), "invoices");

        String message = invoices.awaitReason("NotEntitled");
        assertThat(invoices.trueConditions()).isEqualTo("Stalled");
        assertThat(env.proxy().calls().actionsOn(invoices.role())).isEmpty();
        String command =
                COMMAND.matcher(message).results().map(MatchResult::group).collect(Collectors.joining());
        assertThat(command)
                .isEqualTo("kubectl label namespace " + invoices.namespace() + " irsa.dev/entitlement=default");
        env.kubectl()
                .run("", List.of(command.substring("kubectl ".length()).split(" ", -1)))
                .orThrow();

        invoices.awaitReady();
        assertThat(env.inline(invoices.role())).containsExactly("s3-read");
    }

    @Test
    void sampleResourceFitsSampleEntitlement() throws IOException {
        applyEntitlement("samples/entitlement.yaml");
        String namespace = env.namespace();
        AppliedResource ledger = sample(namespace, "ledger");
        assertThat(ledger.awaitReason("NotEntitled")).contains("label namespace " + namespace + " team=payments");

        env.kubectl().get("label", "namespace", namespace, "team=payments");

        ledger.awaitReady();
        assertThat(env.tags(ledger.role())).containsEntry("team", "payments");
        assertThat(env.inline(ledger.role())).containsExactly("write-ledger");
    }

    @Test
    void enforcesTheLimitOfRolesPerNamespace() {
        env.kubectl()
                .apply(entitlement(
                        "five",
                        "{namespaceSelector: {}, allow: {managedPolicies: [AmazonS3ReadOnlyAccess]},"
                                + " limits: {rolesPerNamespace: 5}}"))
                .orThrow();
        awaitObserved("five");
        String namespace = env.namespace();
        env.proxy().calls().clear();
        env.kubectl()
                .apply(IntStream.rangeClosed(1, 30)
                        .mapToObj(i -> TestEnvironment.smallest(namespace, "r%02d".formatted(i)))
                        .collect(Collectors.joining("---\n")))
                .orThrow();

        TestEnvironment.await().until(() -> reasons(namespace).equals(List.of("NotEntitled 25", "Ready 5")));
        assertThat(readyNames(namespace)).containsExactly("r01", "r02", "r03", "r04", "r05");
        assertThat(env.rolesOf(namespace)).hasSize(5);
        assertThat(env.proxy().calls().count("iam:CreateRole")).isEqualTo(5);

        new AppliedResource(env, namespace, "r03").delete().awaitGone();

        TestEnvironment.await().until(() -> reasons(namespace).equals(List.of("NotEntitled 24", "Ready 5")));
        Awaitility.await()
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(10))
                .until(() -> readyNames(namespace).equals(List.of("r01", "r02", "r04", "r05", "r06")));
        assertThat(env.rolesOf(namespace)).hasSize(5);
        assertThat(env.proxy().calls().count("iam:CreateRole")).isEqualTo(6);
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

    private List<String> readyNames(String namespace) {
        return conditions(namespace).stream()
                .filter(line -> line.endsWith(" Ready"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    /** Returns name and reason of each resource. */
    private List<String> conditions(String namespace) {
        return env.kubectl()
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
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec);
    }
}
