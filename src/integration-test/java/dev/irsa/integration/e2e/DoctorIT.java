package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Ministack;
import dev.irsa.integration.machine.OidcProvider;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.pod.PodIdentityWebhook;
import dev.irsa.integration.pod.PodIdentityWebhookServer;
import dev.irsa.kubectl.diagnosis.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that {@code kubectl irsa doctor} names the cause, and no other, in a real cluster with the pod identity webhook. The
 * command checks neither the public documents of the issuer, which the test machine does not reach, nor the keys of the token:
 * ministack accepts every token.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorIT {
    private static final String NONE = "none";

    /** The emulated STS accepts every token, which would prove that these do not matter. */
    private static final Set<Cause> WITHOUT_PROOF =
            Collections.unmodifiableSet(EnumSet.of(Cause.ProviderMissing, Cause.AudienceNotAccepted));

    /** Of each kind one: what the cluster shows, and what AWS STS answers. */
    private static final Set<Cause> IN_A_PROCESS =
            Collections.unmodifiableSet(EnumSet.of(Cause.WebhookMissing, Cause.RoleDenied));

    private final Ministack aws = Ministack.start();
    private final EksCluster eks = EksCluster.create(aws, TestEnvironment.CLUSTER);
    private final ConfusionMatrix matrix = new ConfusionMatrix();

    private FaultProxy proxy;
    private TestEnvironment env;
    private Path associations;
    private PodIdentityWebhookServer webhook;
    private OperatorProcess operator;
    private KubectlIrsa plugin;

    @BeforeAll
    void start(ControlPlane controlPlane, Kubectl kubectl, @TempDir Path folder)
            throws IOException, GeneralSecurityException {
        proxy = FaultProxy.before(aws.endpoint());
        env = TestEnvironment.withoutProvider(controlPlane, aws.endpoint(), proxy, kubectl);
        OidcProvider.ensure(env.iam(), controlPlane.issuer());
        associations = folder.resolve("container-credentials.json");
        webhook = PodIdentityWebhookServer.start(
                PodIdentityWebhook.ofEks("eu-west-1").watching(associations), controlPlane, folder);
        PodIdentityAgent.install(kubectl);
        plugin = KubectlIrsa.of(controlPlane.kubeconfig(), proxy.uri());
        operator = env.launch("1s", "5s").startReady();
    }

    @AfterAll
    void stop() {
        operator.close();
        webhook.unregister();
        webhook.close();
        PodIdentityAgent.remove(env.kubectl());
        proxy.close();
        env.iam().close();
        eks.close();
        aws.close();
        OperatorLog.assertNoStackTrace(operator.log());
    }

    @TestFactory
    Stream<DynamicTest> namesTheCauseAndNoOther() {
        Stream<DynamicTest> tests = Stream.of(
                        withoutWebhook(),
                        new IrsaCases(env).all(),
                        new PodIdentityCases(env, eks, associations).all(),
                        new OperatorCases(env).all(),
                        proofs(),
                        withBrokenWebhook())
                .flatMap(List::stream)
                .map(state -> DynamicTest.dynamicTest(label(state) + ": " + state.name(), () -> examine(state)));
        return Stream.concat(tests, Stream.of(DynamicTest.dynamicTest("no cause is confused", () -> {
            matrix.write(Path.of("target", "doctor-worlds.md"));
            assertThat(matrix.confused()).isEmpty();
        })));
    }

    private void examine(DoctorCase state) {
        DoctorCase.Examined examined = state.setUp().get();
        try {
            List<String> arguments = new ArrayList<>(List.of(
                    "doctor", examined.name(), "--eks-cluster-name=" + TestEnvironment.CLUSTER, "--output=json"));
            if (state.cause().filter(WITHOUT_PROOF::contains).isEmpty()) {
                arguments.add("--prove");
            }
            Command.Result result = run(state, examined, arguments);
            assertThat(result.stderr()).isEmpty();
            JsonNode report = KubectlIrsa.parse(result.stdout());
            matrix.add(state.name(), label(state), report.path("cause").asText(NONE));

            assertThat(failed(report))
                    .as(report.toPrettyString())
                    .isEqualTo(state.cause().map(Cause::name).stream().toList());
            assertThat(result.exitCode()).isEqualTo(state.cause().isEmpty() ? 0 : 1);
            if (state.cause().isEmpty()) {
                assertProven(report);
            }
        } finally {
            state.cleanUp().run();
        }
    }

    /** Starts a process only where the test of a process adds something. */
    private Command.Result run(DoctorCase state, DoctorCase.Examined examined, List<String> arguments) {
        return state.cause().filter(IN_A_PROCESS::contains).isPresent()
                ? plugin.run(Stream.concat(arguments.stream(), Stream.of("--namespace=" + examined.namespace()))
                        .toArray(String[]::new))
                : new PluginInProcess(proxy.uri(), examined.namespace())
                        .run(env.controlPlane().kubeconfig(), arguments);
    }

    private static String label(DoctorCase state) {
        return state.cause().map(Cause::name).orElse(NONE);
    }

    private static List<String> failed(JsonNode report) {
        return states(report).entrySet().stream()
                .filter(check -> check.getValue().equals("Failed"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns the states of the checks by their causes, in the order of the report. */
    private static Map<String, String> states(JsonNode report) {
        Map<String, String> states = new LinkedHashMap<>();
        report.path("checks")
                .forEach(check -> states.put(
                        check.path("cause").asText(), check.path("state").asText()));
        return states;
    }

    /** There is no proof for EKS Pod Identity. */
    private static void assertProven(JsonNode report) {
        boolean irsa = report.path("delivery").asText().equals("IRSA");
        assertThat(states(report)).containsEntry(Cause.RoleDenied.name(), irsa ? "OK" : "NotChecked");
    }

    /** The cluster has no webhook yet. */
    private List<DoctorCase> withoutWebhook() {
        return List.of(DoctorCase.of(Cause.WebhookMissing, "no configuration", () -> pod(HandmadeAccount.withIrsa(env)))
                .then(webhook::register));
    }

    /** The API server cannot call the webhook any more. */
    private List<DoctorCase> withBrokenWebhook() {
        return List.of(DoctorCase.of(Cause.WebhookFailedOpen, "webhook does not respond", () -> {
            HandmadeAccount account = HandmadeAccount.withIrsa(env);
            webhook.close();
            return pod(account);
        }));
    }

    private static DoctorCase.Examined pod(HandmadeAccount account) {
        account.pod();
        return DoctorCase.Examined.podOf(account);
    }

    /** What only AWS STS sees. */
    private List<DoctorCase> proofs() {
        return List.of(
                DoctorCase.of(
                                Cause.TokenRejected,
                                "keys unknown to AWS STS",
                                () -> rejected(
                                        "InvalidIdentityToken",
                                        "Couldn't retrieve verification key from your identity provider"))
                        .then(proxy::clear),
                DoctorCase.of(
                                Cause.RoleDenied,
                                "resource control policy",
                                () -> rejected(
                                        "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"))
                        .then(proxy::clear));
    }

    private DoctorCase.Examined rejected(String code, String message) {
        proxy.faults().on("sts:AssumeRoleWithWebIdentity").fail(400, code, message);
        return pod(HandmadeAccount.withIrsa(env));
    }
}
