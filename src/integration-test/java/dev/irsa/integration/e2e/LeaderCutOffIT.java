package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.TcpProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The leader, and perhaps the other too, loses the API server or its rights: it ends, and the work goes on. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaderCutOffIT {
    private ControlPlane controlPlane;
    private World world;
    private Path kubeconfig;
    private URI aws;
    private TcpProxy network;
    private Replica first;
    private Replica second;

    @BeforeAll
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        world.kubectl().run("apply", "-f", "deploy/rbac.yaml").orThrow();
        kubeconfig = controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator");
        // Behind the shared one, that sees the calls of both.
        aws = proxy.uri();
    }

    @BeforeEach
    void startTwo() {
        world.kubectl()
                .run("-n", "irsa-operator", "delete", "lease", "irsa-operator", "--ignore-not-found")
                .orThrow();
        network = TcpProxy.before(controlPlane.server());
        first = start(controlPlane.kubeconfigThrough(network, kubeconfig));
        first.awaitLeading();
        second = start(kubeconfig);
    }

    private Replica start(Path whose) {
        return Replica.start(world.sweeping().withKubeconfig(whose), aws);
    }

    @AfterEach
    void stopBoth() {
        second.close();
        first.close();
        network.close();
        Log.assertNoStackTrace(first.process().log());
        Log.assertNoStackTrace(second.process().log());
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void oneThatIsCutOffAloneEndsAndTheOtherDoesWhatIsAskedFor() {
        theOtherTakesOver(Outage.NETWORK_SILENT);
    }

    @Tag("soak")
    @Test
    void soItIsWhenItsConnectionsAreRefused() {
        theOtherTakesOver(Outage.NETWORK_REFUSING);
    }

    private void theOtherTakesOver(Outage outage) {
        PendingWork work = PendingWork.prepare(world);
        Stopwatch recovery = Stopwatch.start("outage: the leader is cut off: " + outage);

        try (LivenessProbe livez = LivenessProbe.of(second.process())) {
            outage.begin(controlPlane, network);
            work.ask();
            assertThat(first.process().awaitExit()).isEqualTo(1);
            int written = first.writes().size();
            second.awaitLeading();
            work.awaitDone();

            recovery.print("recovered");
            work.assertDone();
            assertThat(first.writes()).hasSize(written);
            livez.assertAllGood();
        }
        // What it had sent last may arrive now, a renewal of the lease for one.
        outage.end(controlPlane, network);
        first.close();
        first = start(kubeconfig);
        first.assertStandsBy();
        try (LivenessProbe livez = LivenessProbe.of(second.process())) {
            livez.awaitGoodFor(
                    Duration.ofSeconds(5), () -> assertThat(second.leads()).isTrue());
        }
    }

    @Tag("soak")
    @Test
    void withoutRightsTheLeaderEndsAndTheOtherWaitsForThem() {
        PendingWork work = PendingWork.prepare(world);
        try (LivenessProbe livez = LivenessProbe.of(second.process())) {
            Outage.RIGHTS_TAKEN.begin(controlPlane, network);
            try {
                work.ask();
                assertThat(first.process().awaitExit()).isEqualTo(1);
                // The lease has ended by then.
                livez.awaitGoodFor(
                        Duration.ofSeconds(8), () -> assertThat(second.leads()).isFalse());
            } finally {
                Outage.RIGHTS_TAKEN.end(controlPlane, network);
            }

            Stopwatch recovery = Stopwatch.start("outage: two replicas have no rights");
            second.awaitLeading();
            work.awaitDone();
            recovery.print("recovered");
            livez.assertAllGood();
        }
        work.assertDone();
    }

    /** As the chart has it: two, and the kubelet starts again what has ended. */
    @Tag("soak")
    @Test
    void theApiServerIsAwayFromBothForAMinuteAndMore() {
        PendingWork work = PendingWork.prepare(world);
        controlPlane.stopApiServer();
        // It cannot renew the lease, and waits for the API server when it is started again.
        assertThat(first.process().awaitExit()).isEqualTo(1);
        try (Replica again = Replica.begin(world.sweeping().withKubeconfig(kubeconfig), aws);
                LivenessProbe livez = LivenessProbe.of(second.process())) {
            livez.awaitGoodFor(
                    Duration.ofSeconds(50),
                    () -> assertThat(again.process().isAlive()).isTrue());
            controlPlane.startApiServer();

            Stopwatch recovery =
                    Stopwatch.start("outage: the API server is away from two replicas for a minute and more");
            work.ask();
            work.awaitDone();
            recovery.print("recovered");
            work.assertDone();
            again.process().awaitReady();
            livez.assertAllGood();
        }
    }
}
