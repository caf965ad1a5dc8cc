package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Hold;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.TcpProxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The API server, the network or the permissions of the operator fail for a while. The operator keeps running and then
 * completes its work, including changes made during the outage.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesOutageIT {
    private static final Duration SHORT = Duration.ofSeconds(12);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int ROUNDS = 10;

    private ControlPlane controlPlane;
    private TestEnvironment env;
    private TcpProxy network;
    private OperatorProcess operator;

    @BeforeAll
    void start(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().run("apply", "-f", "deploy/rbac.yaml").orThrow();
        network = TcpProxy.before(controlPlane.server());
        operator = env.sweeping()
                .withKubeconfig(controlPlane.kubeconfigThrough(
                        network, controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator")))
                .startReady();
    }

    @AfterAll
    void stop() {
        operator.close();
        OperatorLog.assertNoStackTrace(operator.log());
        network.close();
        controlPlane.close();
    }

    @Test
    void completesPendingWorkAfterApiServerOutage() {
        assertRecoversFrom(Outage.API_SERVER_DOWN, SHORT);
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource
    void completesPendingWorkAfterLongOutage(Outage outage) {
        assertRecoversFrom(outage, LONG);
    }

    @Test
    void missesNoEventWhenConnectionsAreResetRepeatedly() {
        ResourceGroup group = ResourceGroup.of(env, 10);
        int cuts = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            // The client backs off before it reconnects; without connections there is nothing to reset.
            cuts += TestEnvironment.await().until(network::resetConnections, broken -> broken > 0);
            group.apply(
                    "{role: {description: round %d}, policies: {managed: [AmazonS3ReadOnlyAccess]}}".formatted(round));
            cuts += network.resetConnections();
        }

        Stopwatch recovery = Stopwatch.start("outage: " + cuts + " connections are reset in " + 2 * ROUNDS + " rounds");
        group.awaitReady();
        recovery.print("recovered");
        assertThat(group.subjects())
                .allSatisfy(subject ->
                        assertThat(env.role(subject.roleName()).description()).isEqualTo("round " + ROUNDS));
        assertThat(operator.status("/livez")).isEqualTo(200);
    }

    @Tag("soak")
    @Test
    void convergesAfterTenApiServerRestarts() {
        ResourceGroup group = ResourceGroup.of(env, 10);
        for (int round = 1; round <= 10; round++) {
            group.apply(
                    "{role: {description: round %d}, policies: {managed: [AmazonS3ReadOnlyAccess]}}".formatted(round));
            controlPlane.stopApiServer();
            controlPlane.startApiServer();
        }

        Stopwatch recovery = Stopwatch.start("outage: the API server restarts ten times in a row");
        group.awaitReady();
        recovery.print("recovered");
        assertThat(group.subjects())
                .allSatisfy(subject ->
                        assertThat(env.role(subject.roleName()).description()).isEqualTo("round 10"));
        assertThat(operator.status("/livez")).isEqualTo(200);
    }

    private void assertRecoversFrom(Outage outage, Duration duration) {
        PendingWork inFlight = PendingWork.prepare(env);
        PendingWork meanwhile = PendingWork.prepare(env);
        List<Hold> calls = inFlight.startAndHold();

        try (LivenessProbe livez = LivenessProbe.of(operator)) {
            outage.begin(controlPlane, network);
            try {
                calls.forEach(Hold::release);
                if (outage.usersAreUnaffected) {
                    meanwhile.start();
                }
                livez.awaitHealthyFor(duration);
            } finally {
                outage.end(controlPlane, network);
            }

            Stopwatch recovery = Stopwatch.start("outage: " + outage + " for " + duration.toSeconds() + " s");
            if (!outage.usersAreUnaffected) {
                meanwhile.start();
            }
            inFlight.awaitDone();
            meanwhile.awaitDone();
            recovery.print("recovered");
            livez.assertAlwaysHealthy();
        }
        inFlight.assertDone();
        meanwhile.assertDone();
        assertThat(operator.status("/readyz")).isEqualTo(200);
    }
}
