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

/** The leader, or both replicas, loses the API server or its permissions. The leader exits and the work continues. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaderIsolationIT {
    private ControlPlane controlPlane;
    private TestEnvironment env;
    private Path kubeconfig;
    private URI aws;
    private TcpProxy network;
    private Replica first;
    private Replica second;

    @BeforeAll
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().run("apply", "-f", "deploy/rbac.yaml").orThrow();
        kubeconfig = controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator");
        // In front of the shared proxy, which sees the calls of both replicas.
        aws = proxy.uri();
    }

    @BeforeEach
    void startTwo() {
        env.kubectl()
                .run("-n", "irsa-operator", "delete", "lease", "irsa-operator", "--ignore-not-found")
                .orThrow();
        network = TcpProxy.before(controlPlane.server());
        first = start(controlPlane.kubeconfigThrough(network, kubeconfig));
        first.awaitLeading();
        second = start(kubeconfig);
    }

    private Replica start(Path whose) {
        return Replica.start(env.sweeping().withKubeconfig(whose), aws);
    }

    @AfterEach
    void stopBoth() {
        second.close();
        first.close();
        network.close();
        OperatorLog.assertNoStackTrace(first.process().log());
        OperatorLog.assertNoStackTrace(second.process().log());
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void standbyTakesOverWhenLeaderIsIsolated() {
        assertStandbyTakesOver(Outage.PACKETS_DROPPED);
    }

    @Tag("soak")
    @Test
    void standbyTakesOverWhenLeaderConnectionsAreRefused() {
        assertStandbyTakesOver(Outage.CONNECTIONS_REFUSED);
    }

    private void assertStandbyTakesOver(Outage outage) {
        PendingWork work = PendingWork.prepare(env);
        Stopwatch recovery = Stopwatch.start("outage: the leader is isolated: " + outage);

        try (LivenessProbe livez = LivenessProbe.of(second.process())) {
            outage.begin(controlPlane, network);
            work.start();
            assertThat(first.process().awaitExit()).isEqualTo(1);
            int written = first.writes().size();
            second.awaitLeading();
            work.awaitDone();

            recovery.print("recovered");
            work.assertDone();
            assertThat(first.writes()).hasSize(written);
            livez.assertAlwaysHealthy();
        }
        // Its last requests may arrive now, such as a renewal of the lease.
        outage.end(controlPlane, network);
        first.close();
        first = start(kubeconfig);
        first.assertStandby();
        try (LivenessProbe livez = LivenessProbe.of(second.process())) {
            livez.awaitHealthyFor(
                    Duration.ofSeconds(5), () -> assertThat(second.leads()).isTrue());
        }
    }

    @Tag("soak")
    @Test
    void leaderExitsAndStandbyWaitsWithoutPermissions() {
        PendingWork work = PendingWork.prepare(env);
        try (LivenessProbe livez = LivenessProbe.of(second.process())) {
            Outage.PERMISSIONS_REMOVED.begin(controlPlane, network);
            try {
                work.start();
                assertThat(first.process().awaitExit()).isEqualTo(1);
                // The lease expires within this time.
                livez.awaitHealthyFor(
                        Duration.ofSeconds(8), () -> assertThat(second.leads()).isFalse());
            } finally {
                Outage.PERMISSIONS_REMOVED.end(controlPlane, network);
            }

            Stopwatch recovery = Stopwatch.start("outage: two replicas have no permissions");
            second.awaitLeading();
            work.awaitDone();
            recovery.print("recovered");
            livez.assertAlwaysHealthy();
        }
        work.assertDone();
    }

    /** Two replicas as in the chart; the kubelet restarts the one that exits. */
    @Tag("soak")
    @Test
    void recoversFromApiServerOutageOfBothReplicas() {
        PendingWork work = PendingWork.prepare(env);
        controlPlane.stopApiServer();
        // It cannot renew the lease, and waits for the API server after its restart.
        assertThat(first.process().awaitExit()).isEqualTo(1);
        try (Replica again = Replica.startWithoutWaiting(env.sweeping().withKubeconfig(kubeconfig), aws);
                LivenessProbe livez = LivenessProbe.of(second.process())) {
            livez.awaitHealthyFor(
                    Duration.ofSeconds(50),
                    () -> assertThat(again.process().isAlive()).isTrue());
            controlPlane.startApiServer();

            Stopwatch recovery = Stopwatch.start("outage: the API server is down for over a minute for two replicas");
            work.start();
            work.awaitDone();
            recovery.print("recovered");
            work.assertDone();
            again.process().awaitReady();
            livez.assertAlwaysHealthy();
        }
    }
}
