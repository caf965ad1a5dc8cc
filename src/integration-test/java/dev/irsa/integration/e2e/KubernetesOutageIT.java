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
 * What the operator works with is away for a while, and so is every right that it has: it lives on, and does by itself what
 * it was at and what was asked for meanwhile.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesOutageIT {
    private static final Duration SHORT = Duration.ofSeconds(12);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int ROUNDS = 10;

    private ControlPlane controlPlane;
    private World world;
    private TcpProxy network;
    private OperatorProcess operator;

    @BeforeAll
    void start(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        world.kubectl().run("apply", "-f", "deploy/rbac.yaml").orThrow();
        network = TcpProxy.before(controlPlane.server());
        operator = world.sweeping()
                .withKubeconfig(controlPlane.kubeconfigThrough(
                        network, controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator")))
                .startReady();
    }

    @AfterAll
    void stop() {
        operator.close();
        Log.assertNoStackTrace(operator.log());
        network.close();
        controlPlane.close();
    }

    @Test
    void whatWasBegunAndWhatIsAskedForMeanwhileIsDone() {
        livesThrough(Outage.API_SERVER_DOWN, SHORT);
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource
    void andSoItIsWhenItLasts(Outage outage) {
        livesThrough(outage, LONG);
    }

    @Test
    void noEventIsLostThoughEveryConnectionIsCutAgainAndAgain() {
        Fleet fleet = Fleet.of(world, 10);
        int cuts = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            // The client waits before it connects again, and where nothing is connected nothing is cut.
            cuts += World.await().until(network::cut, broken -> broken > 0);
            fleet.ask(
                    "{role: {description: round %d}, policies: {managed: [AmazonS3ReadOnlyAccess]}}".formatted(round));
            cuts += network.cut();
        }

        Stopwatch recovery = Stopwatch.start("outage: " + cuts + " connections are cut in " + 2 * ROUNDS + " strokes");
        fleet.awaitReady();
        recovery.print("recovered");
        assertThat(fleet.subjects())
                .allSatisfy(subject ->
                        assertThat(world.role(subject.roleName()).description()).isEqualTo("round " + ROUNDS));
        assertThat(operator.status("/livez")).isEqualTo(200);
    }

    @Tag("soak")
    @Test
    void theApiServerIsStartedAgainTenTimesInARow() {
        Fleet fleet = Fleet.of(world, 10);
        for (int round = 1; round <= 10; round++) {
            fleet.ask(
                    "{role: {description: round %d}, policies: {managed: [AmazonS3ReadOnlyAccess]}}".formatted(round));
            controlPlane.stopApiServer();
            controlPlane.startApiServer();
        }

        Stopwatch recovery = Stopwatch.start("outage: the API server is started again ten times in a row");
        fleet.awaitReady();
        recovery.print("recovered");
        assertThat(fleet.subjects())
                .allSatisfy(subject ->
                        assertThat(world.role(subject.roleName()).description()).isEqualTo("round 10"));
        assertThat(operator.status("/livez")).isEqualTo(200);
    }

    private void livesThrough(Outage outage, Duration duration) {
        PendingWork begun = PendingWork.prepare(world);
        PendingWork meanwhile = PendingWork.prepare(world);
        List<Hold> calls = begun.askAndHold();

        try (LivenessProbe livez = LivenessProbe.of(operator)) {
            outage.begin(controlPlane, network);
            try {
                calls.forEach(Hold::release);
                if (outage.leavesUsers) {
                    meanwhile.ask();
                }
                livez.awaitGoodFor(duration);
            } finally {
                outage.end(controlPlane, network);
            }

            Stopwatch recovery = Stopwatch.start("outage: " + outage + " for " + duration.toSeconds() + " s");
            if (!outage.leavesUsers) {
                meanwhile.ask();
            }
            begun.awaitDone();
            meanwhile.awaitDone();
            recovery.print("recovered");
            livez.assertAllGood();
        }
        begun.assertDone();
        meanwhile.assertDone();
        assertThat(operator.status("/readyz")).isEqualTo(200);
    }
}
